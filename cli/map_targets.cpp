#include "cli/map_targets.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/archive_output.hpp"
#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "exporters/rdf.hpp"
#include "exporters/rdf_json.hpp"
#include "graph/freeze.hpp"
#include "mapping/targets.hpp"
#include "sources/rdf.hpp"

namespace dossier {
namespace {

// Local names of http://www.w3.org/ns/formats/ and ours; N3 takes what is Turtle.
constexpr std::pair<std::string_view, std::string_view> kSerializations[] = {
    {"n-quads", "nquads"},    {"nquads", "nquads"},   {"n-triples", "ntriples"},
    {"ntriples", "ntriples"}, {"turtle", "turtle"},   {"ttl", "turtle"},
    {"trig", "trig"},         {"n3", "turtle"},       {"json-ld", "jsonld"},
    {"jsonld", "jsonld"},     {"rdf_xml", "rdfxml"},  {"rdfxml", "rdfxml"},
    {"rdf_json", "rdfjson"},  {"rdfjson", "rdfjson"}, {"", ""},
};
constexpr std::pair<std::string_view, std::string_view> kCompressions[] = {
    {"", ""},           {"none", ""},        {"gzip", "gzip"},    {"gz", "gzip"},
    {"zip", "zip"},     {"targz", "targz"},  {"tar.gz", "targz"}, {"targzip", "targz"},
    {"tarxz", "tarxz"}, {"tar.xz", "tarxz"},
};

template <std::size_t N>
std::optional<std::string> named(const std::pair<std::string_view, std::string_view> (&table)[N],
                                 std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  const auto found =
      std::ranges::find(table, lower, &std::pair<std::string_view, std::string_view>::first);
  if (found == std::end(table)) return std::nullopt;
  return std::string(found->second);
}

std::unexpected<Error> unknown(const LogicalTarget& target, std::string_view what,
                               std::string_view name, std::string_view known) {
  return fail(code::mapping_bad_value, target.place,
              fmt::format("the {} \"{}\" of a target is not known", what, printable(name)),
              std::string(known));
}

Expected<TargetFile> describe(const LogicalTarget& target, const CompileOptions& options) {
  TargetFile out;
  out.place = target.place;
  auto path = resolve_target_path(target, options);
  if (!path) return std::unexpected(path.error());
  out.path = std::move(*path);
  out.by_record = !target.path_map.empty();
  const auto serialization = named(kSerializations, target.serialization);
  if (!serialization) {
    return unknown(target, "serialization", target.serialization,
                   "N-Triples, N-Quads, Turtle, TriG, N3, JSON-LD, RDF_XML and RDF_JSON are");
  }
  out.serialization = *serialization;
  if (out.serialization.empty()) {
    const auto guessed = guess_format(out.path);
    out.serialization = info(guessed.value_or(Format::nquads)).name;
  }
  const auto compression = named(kCompressions, target.compression);
  if (!compression) {
    return unknown(target, "compression", target.compression,
                   "none, gzip, zip, targz and tarxz are");
  }
  out.compression = *compression;
  if (!target.encoding.empty()) {
    out.encoding = find_encoding(target.encoding);
    const bool written =
        out.encoding == TextEncoding::utf8 || out.encoding == TextEncoding::utf16 ||
        out.encoding == TextEncoding::utf16le || out.encoding == TextEncoding::utf16be;
    if (!written) return unknown(target, "encoding", target.encoding, "UTF-8 and UTF-16 are");
  }
  if (out.by_record) return out;
  if (auto good = check_output(out.path); !good) {
    Error error = good.error();
    error.related = target.place;
    return std::unexpected(std::move(error));
  }
  return out;
}

bool writes_lines(const TargetFile& file) {
  return file.serialization == "nquads" || file.serialization == "ntriples";
}

bool same_form(const TargetFile& a, const TargetFile& b) {
  return a.serialization == b.serialization && a.compression == b.compression &&
         a.encoding == b.encoding;
}

// UTF-16 begins with a byte order mark where its name does not say the order.
std::string in_utf16(std::string_view text, TextEncoding encoding) {
  const bool big = encoding == TextEncoding::utf16be;
  std::string out;
  out.reserve(text.size() * 2 + 2);
  const auto unit = [&](std::uint32_t value) {
    const char high = static_cast<char>(value >> 8);
    const char low = static_cast<char>(value & 0xFF);
    out += big ? high : low;
    out += big ? low : high;
  };
  if (encoding == TextEncoding::utf16) unit(0xFEFF);
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text.substr(at));
    const std::uint32_t value = point.value;
    if (value < 0x10000) {
      unit(value);
    } else {
      unit(0xD800 + ((value - 0x10000) >> 10));
      unit(0xDC00 + ((value - 0x10000) & 0x3FF));
    }
    at += std::max<std::size_t>(point.size, 1);
  }
  return out;
}

// N-Quads -> any other syntax, through a graph.
Expected<std::string> rewritten(const std::string& lines, const TargetFile& file, const Plan& plan,
                                const Settings& settings, DiagnosticSink& diagnostics) {
  Builder builder;
  builder.shard().begin_source(builder.add_source({}));
  const auto source = memory_input(lines, file.path.string());
  if (auto read = read_rdf(*source, Format::nquads, {}, builder.shard(), diagnostics); !read) {
    return std::unexpected(read.error());
  }
  const Graph graph = freeze(std::move(builder));
  StringSink out;
  if (file.serialization == "rdfjson") {
    if (auto done = write_rdf_json(graph, out); !done) return std::unexpected(done.error());
    return out.text();
  }
  RdfWriteOptions options;
  options.threads = settings.threads;
  for (const auto& [prefix, iri] : plan.model.prefixes) options.prefixes.set(prefix, iri);
  const auto format = find_format(file.serialization).value_or(Format::nquads);
  if (auto done = write_rdf(graph, format, options, out); !done) {
    return std::unexpected(done.error());
  }
  return out.text();
}

// The name of the file in an archive: that of the archive without its last parts.
std::string member_name(const std::filesystem::path& path) {
  std::string name = path.filename().string();
  for (const std::string_view packed : {".zip", ".tar.gz", ".tar.xz", ".tgz", ".txz"}) {
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  }
  return name;
}

Expected<void> pack(const TargetFile& file, std::string_view bytes, ByteSink& out) {
  // A sink whose name ends in .gz compresses what it is given.
  const bool gzip_sink = file.path.extension() == ".gz";
  if (file.compression == "zip") {
    return write_archive(ArchiveKind::zip, member_name(file.path), bytes, out);
  }
  if (file.compression == "tarxz") {
    return write_archive(ArchiveKind::tar_xz, member_name(file.path), bytes, out);
  }
  if (file.compression == "targz") {
    const ArchiveKind kind = gzip_sink ? ArchiveKind::tar : ArchiveKind::tar_gz;
    return write_archive(kind, member_name(file.path), bytes, out);
  }
  if (file.compression == "gzip" && !gzip_sink) {
    return write_archive(ArchiveKind::gzip, "", bytes, out);
  }
  out.append(bytes);
  return {};
}

// Lines that were collected, in the form of the file.
Expected<void> write_collected(std::string bytes, const TargetFile& file, const Plan& plan,
                               const Settings& settings, ByteSink& out,
                               DiagnosticSink& diagnostics) {
  if (!writes_lines(file)) {
    auto other = rewritten(bytes, file, plan, settings, diagnostics);
    if (!other) return std::unexpected(other.error());
    bytes = std::move(*other);
  }
  if (file.encoding.value_or(TextEncoding::utf8) != TextEncoding::utf8) {
    bytes = in_utf16(bytes, *file.encoding);
  }
  return pack(file, bytes, out);
}

// The file of a path that a record made.
Expected<TargetFile> file_of_record(const std::string& path, const TargetFile& file,
                                    const Plan& plan) {
  LogicalTarget target = plan.model.targets[file.targets.front()];
  const auto steps_up = [](const std::filesystem::path& each) {
    return std::count(each.begin(), each.end(), std::filesystem::path(".."));
  };
  if (steps_up(path) > steps_up(target.path)) {
    return fail(code::outside_root, target.place,
                fmt::format("a record makes the path {} of this target", printable(path)),
                "a value that is \"..\" would leave the folder");
  }
  target.path = path;
  TargetFile out = file;
  auto resolved = resolve_target_path(target, plan.options);
  if (!resolved) return std::unexpected(std::move(resolved.error()));
  out.path = std::move(*resolved);
  if (auto good = check_output(out.path); !good) {
    Error error = good.error();
    error.related = target.place;
    return std::unexpected(std::move(error));
  }
  return out;
}

Expected<WrittenTargets> write_by_record(const Plan& plan, const TargetFile& file,
                                         const RunOptions& run, const Settings& settings,
                                         OutputSet& outputs, DiagnosticSink& diagnostics) {
  if (run.format == Format::ntriples) {
    if (auto fits = check_graphs(plan_for_targets(plan, file.targets)); !fits) {
      return std::unexpected(std::move(fits.error()));
    }
  }
  const auto part = plan_for_record_targets(plan, file.targets);
  if (!part) return std::unexpected(part.error());
  RunOptions quads = run;
  quads.format = Format::nquads;
  StringSink collected;
  auto counts = run_to_lines(*part, collected, quads, diagnostics);
  if (!counts) return std::unexpected(std::move(counts.error()));
  WrittenTargets written{std::move(*counts), {}};
  auto by_target = lines_by_target(collected.text());
  if (by_target.size() > settings.limits.max_record_targets) {
    return fail(code::limit_exceeded, file.place,
                fmt::format("the records make {} files of this target (max-record-targets: {})",
                            with_separators(by_target.size()),
                            with_separators(settings.limits.max_record_targets)),
                "raise the limit with --limit max-record-targets=N");
  }
  for (auto& [path, lines] : by_target) {
    const auto one = file_of_record(path, file, plan);
    if (!one) return std::unexpected(one.error());
    const Expected<ByteSink*> out = outputs.open(one->path);
    if (!out) return std::unexpected(out.error());
    const auto statements = static_cast<std::uint64_t>(std::ranges::count(lines, '\n'));
    auto done = write_collected(std::move(lines), *one, plan, settings, **out, diagnostics);
    if (done) done = (*out)->seal();  // there may be many
    if (!done) return std::unexpected(std::move(done.error()));
    written.files.push_back({one->path, statements});
  }
  return written;
}

}  // namespace

Expected<std::vector<TargetFile>> target_files(const Plan& plan) {
  std::vector<TargetFile> files;
  if (!has_targets(plan)) return files;
  for (std::uint32_t i = 0; i < plan.model.targets.size(); ++i) {
    auto file = describe(plan.model.targets[i], plan.options);
    if (!file) return std::unexpected(std::move(file.error()));
    const auto same = std::ranges::find_if(files, [&](const TargetFile& each) {
      return each.by_record == file->by_record &&
             (file->by_record ? same_form(each, *file) : each.path == file->path);
    });
    if (same == files.end()) {
      file->targets.push_back(i);
      files.push_back(std::move(*file));
    } else if (same_form(*same, *file)) {
      same->targets.push_back(i);
    } else {
      return fail(
          code::mapping_bad_value, file->place,
          fmt::format("two targets write {} in different forms", printable(file->path.string())),
          "give them one serialization and compression, or two files");
    }
  }
  return files;
}

Expected<WrittenTargets> write_target(const Plan& plan, const TargetFile& file,
                                      const RunOptions& given, const Settings& settings,
                                      OutputSet& outputs, DiagnosticSink& diagnostics) {
  RunOptions run = given;
  run.format = file.serialization == "ntriples" ? Format::ntriples : Format::nquads;
  if (plan.options.rdf_star && !writes_lines(file)) {
    return fail(code::mapping_unsupported, file.place,
                fmt::format("{} cannot hold statements as << s p o >>", file.serialization),
                "leave --rdf-star out, or write N-Triples or N-Quads");
  }
  if (file.by_record) {
    return write_by_record(plan, file, run, settings, outputs, diagnostics);
  }
  const Expected<ByteSink*> out = outputs.open(file.path);
  if (!out) return std::unexpected(out.error());
  const Plan part = plan_for_targets(plan, file.targets);
  const bool gzip_sink = file.compression == "gzip" && file.path.extension() == ".gz";
  const bool as_they_come = file.compression.empty() || gzip_sink;
  const bool utf8 = file.encoding.value_or(TextEncoding::utf8) == TextEncoding::utf8;
  const bool streamed = writes_lines(file) && as_they_come && utf8;
  StringSink collected;
  ByteSink& sink = streamed ? **out : static_cast<ByteSink&>(collected);
  auto counts = run_to_lines(part, sink, run, diagnostics);
  if (!counts) return std::unexpected(std::move(counts.error()));
  if (!streamed) {
    auto done = write_collected(collected.text(), file, plan, settings, **out, diagnostics);
    if (!done) return std::unexpected(std::move(done.error()));
  }
  const std::uint64_t statements = counts->written();
  return WrittenTargets{std::move(*counts), {{file.path, statements}}};
}

Expected<void> write_targets(std::span<const Plan> plans, const Settings& settings,
                             OutputSet& outputs, Ledger& ledger, Progress& progress) {
  NoDiagnostics told;  // when the graph was made
  RunOptions run;
  run.threads = settings.threads;
  run.limits = settings.limits;
  run.on_records = [&](std::uint64_t records) { progress.advance(records); };
  run.on_share = [&](double done) { progress.share(done); };
  for (const Plan& plan : plans) {
    const auto targets = target_files(plan);
    if (!targets) return std::unexpected(targets.error());
    for (const TargetFile& file : *targets) {
      progress.begin(fmt::format("write {}", printable(file.path.filename().string())), "records");
      const auto written = write_target(plan, file, run, settings, outputs, told);
      if (!written) return std::unexpected(written.error());
      for (const WrittenFile& each : written->files) {
        ledger.exports.push_back(
            {each.path.string(), file.serialization, 0, {}, {{"statements", each.statements}}});
      }
    }
  }
  return {};
}

}  // namespace dossier
