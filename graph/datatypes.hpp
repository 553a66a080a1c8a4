// Datatypes of literals: which IRIs are known, whether a lexical form is one, and the order of
// values. Readers, writers, mappings and the ontology all ask here. XML Schema 1.1 part 2 without
// white space processing: " 1" is no xsd:integer, as RDF 1.1 Concepts 5.1 has it. xsd:anyURI takes
// any text, as the standard does. Nothing is allocated but for comparing a decimal with a double.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "graph/calendar.hpp"
#include "graph/numbers.hpp"
#include "graph/term.hpp"

namespace dossier {

enum class Datatype : std::uint8_t {
  other,  // not known here; every lexical form is taken
#define DOSSIER_DATATYPE(name, iri, parent, check, form) name,
#include "graph/datatypes.def"
#undef DOSSIER_DATATYPE
};

Datatype find_datatype(std::string_view iri);
std::string_view iri_of(Datatype datatype);           // empty for `other`
std::span<const std::string_view> known_datatypes();  // the IRIs of all but `other`
// Whether `datatype` is `base` or derived from it: a byte is an integer.
bool is_derived_from(Datatype datatype, Datatype base);

bool is_valid_lexical(Datatype datatype, std::string_view text);
bool is_valid_lexical(std::string_view datatype_iri, std::string_view text);
// For people: "YYYY-MM-DD". Empty where the name says it all.
std::string_view expected_form(Datatype datatype);

// A value to compare. Borrows from the lexical form. monostate: ill-typed, or without an order.
using LiteralValue =
    std::variant<std::monostate, bool, Decimal, double, Moment, Duration, std::string_view>;
LiteralValue parse_value(Datatype datatype, std::string_view text);

// As the operators of SPARQL 1.1, 17.3, order values: numbers with numbers, strings (of xsd:string
// and derived ones) by code point, moments and durations of one kind, false before true; all else,
// and NaN, is unordered.
std::partial_ordering compare(const LiteralValue& a, const LiteralValue& b);
std::partial_ordering compare_literals(const TermView& a, const TermView& b);

// Whether the literals are dates of whatever precision (dateTime, date, gYearMonth, gYear) and all
// of `a` lies after all of `b`.
bool is_date_after(const TermView& a, const TermView& b);

}  // namespace dossier
