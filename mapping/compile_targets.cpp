// The targets that terms name: whether they can be written, and the paths of those that depend on
// the record. Part of `compile`.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "mapping/map_compiler.hpp"
#include "mapping/targets.hpp"
#include "mapping/term_format.hpp"

namespace dossier {
namespace {

// As a value's characters are, but for the slashes between folders.
std::string encoded_path(std::string_view text) {
  ByteBuffer out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('/', begin), text.size());
    append_percent_encoded(out, text.substr(begin, end - begin), false);
    if (end < text.size()) out.append('/');
    begin = end + 1;
  }
  return std::string(out.view());
}

}  // namespace

void MapCompiler::add_targets(const std::vector<std::string>& names, const Place& place,
                              const TriplesMap& map, std::size_t source, MapPlan& out,
                              std::vector<std::uint32_t>& targets) {
  for (const std::string& name : names) {
    const auto found = std::ranges::find(plan_.model.targets, name, &LogicalTarget::name);
    if (found == plan_.model.targets.end()) {
      report(code::mapping_unknown_reference, place,
             fmt::format("there is no target \"{}\"", printable(name)), "");
      continue;
    }
    const auto index = static_cast<std::uint32_t>(found - plan_.model.targets.begin());
    if (!check_target(index)) continue;
    if (!found->path_map.empty()) add_target_path(index, map, source, out);
    targets.push_back(index);
  }
}

bool MapCompiler::check_target(std::uint32_t index) {
  if (const auto known = checked_targets_.find(index); known != checked_targets_.end()) {
    return known->second;
  }
  const LogicalTarget& target = plan_.model.targets[index];
  bool good = true;
  if (target.event_stream) {
    report(code::mapping_unsupported, target.place,
           fmt::format("the target \"{}\" is an event stream", printable(target.name)),
           "leave its `ldes` out: the statements are written as they are");
    good = false;
  } else if (auto path = resolve_target_path(target, plan_.options); !path) {
    diagnostics_.report(std::move(path.error()));
    ++errors_;
    good = false;
  }
  checked_targets_.emplace(index, good);
  return good;
}

void MapCompiler::add_target_path(std::uint32_t index, const TriplesMap& map, std::size_t source,
                                  MapPlan& out) {
  if (std::ranges::find(out.target_paths, index, &TargetPath::target) != out.target_paths.end()) {
    return;
  }
  const LogicalTarget& target = plan_.model.targets[index];
  if (target.source != TriplesMap::kNoSource &&
      !same_source(plan_.model.sources[target.source], plan_.model.sources[map.source])) {
    report(code::mapping_bad_value, target.place,
           fmt::format("the path of the target \"{}\" is of another source than \"{}\", which "
                       "writes to it",
                       printable(target.name), printable(map.name)),
           "name the source of that mapping, or make a target for each");
    return;
  }
  TermMap path;
  path.expression = target.path_map;
  path.type = TermType::literal;
  path.place = target.place;
  TermContext terms = context(plan_.sources[source], map);
  auto compiled = compile_term(path, Position::object, terms);
  if (!compiled) {
    ++errors_;
    return;
  }
  for (Piece& piece : compiled->pieces) {
    if (piece.slot == Piece::kConstant) {
      piece.text = encoded_path(piece.text);
    } else {
      piece.escape = Escape::uri;
    }
  }
  compiled->operand = true;  // made only where the plan is cut for targets
  out.terms.push_back(std::move(*compiled));
  out.target_paths.push_back({index, static_cast<std::uint32_t>(out.terms.size() - 1)});
}

}  // namespace dossier
