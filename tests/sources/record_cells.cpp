// record_cells json|lines|xml|xlsx FILE BLOCK_BYTES ITERATOR REFERENCE...: the records of a file,
// one JSON list a line with a list of values for each reference, for json_oracle.py, xml_oracle.py
// and xlsx_oracle.py. A value is its text with the first letter of its type before it.
#include <cstdlib>
#include <string>

#include <fmt/format.h>

#include "sources/xlsx.hpp"
#include "tests/sources/record_helpers.hpp"

namespace dossier {
namespace {

std::string one(const Value& value) {
  constexpr std::string_view kLetters = "atidrpbDTmBl";
  return json_string(kLetters[static_cast<std::size_t>(value.type)] + std::string(value.text()));
}

std::string all(const Value& value) {
  if (value.type == ValueType::absent) return "[]";
  if (value.type != ValueType::list) return "[" + one(value) + "]";
  std::string out;
  for (const Value& item : value.list()) out += (out.empty() ? "[" : ", ") + one(item);
  return out + "]";
}

int run(int argc, char** argv) {
  const std::string kind = argv[1];
  const std::vector<std::string> wanted(argv + 5, argv + argc);
  const std::size_t block_bytes = std::strtoull(argv[3], nullptr, 10);
  auto source = open_input(argv[2]);
  if (kind != "xlsx" && !source) return 2;
  Expected<std::unique_ptr<RecordReader>> reader = nullptr;
  if (kind == "xlsx") {
    SheetOptions options;
    options.sheet = argv[4];
    reader = open_xlsx(argv[2], options, wanted);
  } else if (kind == "xml") {
    XmlOptions options;
    options.iterator = argv[4];
    reader = open_xml(std::move(*source), options, wanted, {}, block_bytes);
  } else {
    JsonOptions options;
    options.iterator = argv[4];
    options.lines = kind == "lines";
    options.structures = true;
    reader = open_json(std::move(*source), options, wanted, {}, block_bytes);
  }
  const auto failed = [](const Error& error) {
    fmt::print("{{\"error\": {}}}\n", json_string(number_of(error.code)));
    return 0;
  };
  if (!reader) return failed(reader.error());
  DiagnosticCollector diagnostics;
  for (;;) {
    auto block = (*reader)->next();
    if (!block) return failed(block.error());
    if (!*block) return 0;
    RecordBatch batch;
    const auto counts = (*reader)->parse(std::move(**block), batch, diagnostics);
    if (!counts) return failed(counts.error());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      std::string line;
      for (const Value& value : batch.row(i)) line += (line.empty() ? "[" : ", ") + all(value);
      fmt::print("{}]\n", line);
    }
  }
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  return argc < 6 ? 64 : dossier::run(argc, argv);
}
