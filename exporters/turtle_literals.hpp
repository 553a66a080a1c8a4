// What Turtle writes literals as: the short forms of numbers and booleans where the lexical form is
// exactly the grammar's, three quotes around a text of several lines. No state, any thread.
#pragma once

#include <string_view>

#include "exporters/escape.hpp"

namespace dossier {

// Datatypes whose literals may stand without quotes.
enum class Shorthand : unsigned char { none, integer, decimal, double_, boolean };
Shorthand shorthand_of(std::string_view datatype);

// Whether a bare `text` reads back as a literal of that datatype with this very lexical form:
// [19] INTEGER, [20] DECIMAL, [21] DOUBLE, [133s] BooleanLiteral.
bool is_shorthand(Shorthand kind, std::string_view text);

// A text with line feeds inside, not only at its ends, is easier to read over several lines.
bool is_multi_line(std::string_view text);

}  // namespace dossier
