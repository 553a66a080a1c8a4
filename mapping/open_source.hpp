// A source of a plan -> a record reader: dialects, encodings, which reader reads what.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "mapping/plan.hpp"
#include "sources/csv.hpp"
#include "sources/records.hpp"

namespace dossier {

// The encoding that a source names; an error when it is not known.
Expected<TextEncoding> named_encoding(const LogicalSource& source);

// The dialect that a mapping describes, with the defaults of its language.
Expected<CsvDialect> csv_dialect(const LogicalSource& source);

// What a reference gives that leads to an object or a list of JSON: an error, or its text (views).
enum class SourceValues : std::uint8_t { plain, structures };

// Where the mapping names the reference: the first term that takes it, else the source.
Place place_of_reference(const Plan& plan, const SourcePlan& source, std::string_view reference);

Expected<std::unique_ptr<RecordReader>> open_source(const Plan& plan, const SourcePlan& source,
                                                    std::span<const std::string> wanted,
                                                    const Limits& limits,
                                                    SourceValues values = SourceValues::plain);

}  // namespace dossier
