// Validation of a graph with planted faults (bench/validation_data.py): times of each step, and
// whether every fault was found as often as it was planted.
//   validation_bench FOLDER [threads] [repeats]
// Exit code 1 when a count differs.
#include <cstdlib>
#include <map>
#include <string>

#include <fmt/format.h>
#include <rapidjson/document.h>

#include "bench/figures.hpp"
#include "graph/room.hpp"
#include "ontology/describe.hpp"
#include "ontology/loader.hpp"
#include "ontology/validation.hpp"
#include "sources/rdf.hpp"

namespace {

using namespace dossier;

bool cpu_time = false;  // with one thread: so that others on the machine do not count

double seconds() {
  return cpu_time ? cpu_seconds() : wall_seconds();
}

[[noreturn]] void stop(const Error& error) {
  fmt::print(stderr, "{}\n", render(error));
  std::exit(2);
}

Graph load(const std::string& path, Format format, std::size_t threads) {
  auto source = open_input(path);
  if (!source) stop(source.error());
  Builder builder;
  builder.shard().begin_source(builder.add_source({.path = path}));
  DiagnosticCollector diagnostics;
  RdfReadOptions options;
  options.base = "http://example.org/";
  options.threads = threads;
  const auto counts = read_rdf(**source, format, options, builder.shard(), diagnostics);
  if (!counts) stop(counts.error());
  return freeze(std::move(builder), {.threads = threads});
}

using Counts = std::map<std::string, std::uint64_t>;

// The kind of a shape: the name of the nearest named shape before "Shape".
std::string kind_of(const ShapeSet& shapes, ShapeId id) {
  const Shape* shape = &shapes[id];
  while (!shape->term.is_iri() && shape->parent) shape = &shapes[shape->parent];
  const std::string name(local_part(shapes.graph()->text(shape->term)));
  return name.substr(0, name.find("Shape"));
}

void count(const Findings& findings, Counts& shapes, Counts& checks) {
  for (const FindingGroup& each : findings.groups()) {
    const CheckRule& rule = findings.rules()[each.rule];
    if (rule.shape) {
      const Constraint& constraint = findings.shapes()[rule.shape].constraints[rule.constraint];
      shapes[kind_of(findings.shapes(), rule.shape) + " " +
             std::string(local_part(info(constraint.component).iri))] += each.count;
    } else {
      checks[std::string(info(rule.code).name) + " " + std::string(local_part(rule.subject))] +=
          each.count;
    }
  }
}

// Prints what differs; the number of differences.
std::size_t compare(const rapidjson::Value& wanted, Counts found) {
  std::size_t differences = 0;
  for (const auto& each : wanted.GetObject()) {
    const std::uint64_t got = found[each.name.GetString()];
    found.erase(each.name.GetString());
    if (got == each.value.GetUint64()) continue;
    fmt::print("  {}: planted {}, found {}\n", each.name.GetString(), each.value.GetUint64(), got);
    ++differences;
  }
  for (const auto& [name, got] : found) {
    fmt::print("  {}: not planted, found {}\n", name, got);
    ++differences;
  }
  return differences;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: validation_bench FOLDER [threads] [repeats]\n");
    return 64;
  }
  const std::string folder = argv[1];
  const std::size_t threads = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1;
  const std::size_t repeats = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1;

  cpu_time = threads == 1;
  double start = seconds();
  const Graph data = load(folder + "/data.nt", Format::ntriples, threads);
  const double load_time = seconds() - start;
  start = seconds();
  const Graph ontology_graph = load(folder + "/ontology.ttl", Format::turtle, 1);
  const Graph shapes_graph = load(folder + "/shapes.ttl", Format::turtle, 1);
  DiagnosticCollector diagnostics;
  const auto ontology = load_ontology(ontology_graph, diagnostics);
  if (!ontology) stop(ontology.error());
  const auto shapes = load_shapes(shapes_graph, {}, diagnostics);
  if (!shapes) stop(shapes.error());
  const double schema_time = seconds() - start;

  ValidationOptions options;
  options.threads = threads;
  options.own_namespaces = {"http://example.org/faults/"};
  const auto run = [&](const Ontology* with, const ShapeSet& of, std::string_view what) {
    double best = 1e9;
    Expected<Findings> findings = validate(data, with, of, options);
    for (std::size_t i = 0; i < repeats; ++i) {
      const double begin = seconds();
      findings = validate(data, with, of, options);
      best = std::min(best, seconds() - begin);
    }
    if (!findings) stop(findings.error());
    fmt::print("{:<22} {:8.3f} s  {:6.1f} M statements/s, {} findings\n", what, best,
               static_cast<double>(data.size()) / best / 1e6, findings->count());
    return std::move(*findings);
  };
  fmt::print("statements {}, terms {}, threads {}, seconds {}\n", data.size(), data.term_count(),
             threads, cpu_time ? "of CPU" : "on the clock");
  fmt::print("{:<22} {:8.3f} s\n", "read and freeze", load_time);
  fmt::print("{:<22} {:8.3f} s\n", "ontology and shapes", schema_time);
  const ShapeSet none;
  Counts found_shapes;
  Counts found_checks;
  {
    const Findings findings = run(nullptr, *shapes, "shapes");
    count(findings, found_shapes, found_checks);
  }
  {
    const Findings findings = run(&*ontology, none, "ontology");
    count(findings, found_shapes, found_checks);
  }
  run(&*ontology, *shapes, "both");
  fmt::print("peak memory            {:8.1f} MB\n", peak_mb());

  const auto text = load_file(folder + "/expected.json");
  if (!text) stop(text.error());
  rapidjson::Document expected;
  expected.Parse(text->c_str());
  const std::size_t differences = compare(expected["shapes"], std::move(found_shapes)) +
                                  compare(expected["checks"], std::move(found_checks));
  fmt::print("{}\n", differences == 0 ? "every fault found as often as planted"
                                      : fmt::format("{} counts differ", differences));
  return differences == 0 ? 0 : 1;
}
