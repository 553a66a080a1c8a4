// A block of JSON values -> a batch of records: the parallel half of the JSON reader. A JsonPlan is
// made once when the source is opened and then shared by all threads.
#pragma once

#include <string>
#include <vector>

#include "sources/json_path.hpp"
#include "sources/json_records.hpp"
#include "sources/json_splitter.hpp"

namespace dossier {

struct JsonPlan {
  struct Reference {
    std::string text;  // as wanted
    JsonPath path;
    bool one_name = false;  // a single key of the record: the common case
  };

  std::string name;  // of the source
  JsonOptions options;
  Limits limits;
  JsonShape shape = JsonShape::document;
  JsonPath iterator;  // what is left of it below an element, a line or the document
  std::vector<Reference> references;
};

Expected<RecordCounts> parse_json_block(const JsonPlan& plan, RecordBlock block, RecordBatch& out,
                                        DiagnosticSink& diagnostics);

}  // namespace dossier
