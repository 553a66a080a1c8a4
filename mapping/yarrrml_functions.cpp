// Functions, conditions, joins. Part of the YARRRML loader.
#include <algorithm>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/codes/mapping.hpp"
#include "base/text.hpp"
#include "mapping/function.hpp"
#include "mapping/yarrrml_reader.hpp"

namespace dossier {
namespace {

constexpr std::string_view kValue1 =
    "http://users.ugent.be/~bjdmeest/function/grel.ttl#valueParameter";
constexpr std::string_view kValue2 =
    "http://users.ugent.be/~bjdmeest/function/grel.ttl#valueParameter2";

constexpr std::string_view kFunctionKeys[] = {"function",  "parameters", "pms",     "type",
                                              "datatype",  "language",   "targets", "target",
                                              "condition", "mapping",    "value"};
constexpr std::string_view kInputKeys[] = {"parameter", "value", "type", "from"};

// A function's own name: "grel:toUpperCase" -> "grel:".
std::string_view prefix_of(std::string_view name) {
  const std::size_t at = name.find(':');
  return at == std::string_view::npos ? std::string_view{} : name.substr(0, at + 1);
}

}  // namespace

std::string YarrrmlReader::function_name(const YamlNode& node, std::string_view name) {
  if (name == "equal") return std::string(kEqualFunction);
  return expand_name(node, name);
}

std::string YarrrmlReader::parameter_name(const YamlNode& node, std::string_view name,
                                          bool is_equal) {
  if (is_equal && name == "str1") return std::string(kValue1);
  if (is_equal && name == "str2") return std::string(kValue2);
  return expand_name(node, name);
}

bool YarrrmlReader::check_function_depth(const YamlNode& node) {
  const std::size_t limit = options_.limits.max_mapping_depth;
  if (function_depth_ <= limit) return true;
  report(code::limit_exceeded, node,
         fmt::format("functions are nested deeper than {} (max-mapping-depth)", limit),
         "raise the limit with --limit max-mapping-depth=N");
  return false;
}

// A map with the key `function`, and `parameters`.
Function YarrrmlReader::function(const YamlNode& node) {
  auto call = std::make_shared<FunctionCall>();
  call->place = node.place();
  check_keys(node, kFunctionKeys, "function");
  const YamlNode* name_node = find(node, {"function"});
  if (name_node == nullptr) {
    report(code::mapping_bad_value, node, "this has no function",
           "name one: function: grel:toUpperCase");
    return call;
  }
  const std::string name = text(*name_node, "function");
  if (name.find('(') != std::string::npos) return short_function(*name_node, name);
  ++function_depth_;
  if (!check_function_depth(node)) {
    --function_depth_;
    return call;
  }
  call->function = function_name(*name_node, name);
  if (const YamlNode* parameters = find(node, {"parameters", "pms"})) {
    for (const YamlNode* item : items(*parameters)) {
      call->inputs.push_back(input(*item, name == "equal"));
    }
  }
  --function_depth_;
  return call;
}

// "grel:toUpperCase(valueParameter = $(name), other = $(id))"
Function YarrrmlReader::short_function(const YamlNode& node, std::string_view text) {
  auto call = std::make_shared<FunctionCall>();
  call->place = node.place();
  const std::size_t open = text.find('(');
  const std::string_view name = trim_ascii(text.substr(0, open));
  call->function = function_name(node, name);
  std::string_view inside = text.substr(open + 1);
  if (!trim_ascii(inside).ends_with(')')) {
    report(code::mapping_bad_template, node, "the parenthesis of the function is never closed",
           "write function: grel:toUpperCase(grel:valueParameter = $(name))");
    return call;
  }
  inside = inside.substr(0, inside.rfind(')'));
  std::size_t depth = 0;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= inside.size(); ++at) {
    if (at < inside.size()) {
      if (inside[at] == '(') ++depth;
      if (inside[at] == ')' && depth > 0) --depth;
      if (inside[at] != ',' || depth > 0) continue;
    }
    const std::string_view part = trim_ascii(inside.substr(begin, at - begin));
    begin = at + 1;
    if (part.empty()) continue;
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) {
      report(code::mapping_bad_template, node,
             fmt::format("\"{}\" is no parameter with a value", printable(part)),
             "write parameter = value");
      continue;
    }
    FunctionInput each;
    each.place = node.place();
    const std::string_view parameter = trim_ascii(part.substr(0, equals));
    const bool prefixed = parameter.find(':') != std::string_view::npos;
    each.parameter = parameter_name(
        node, prefixed ? std::string(parameter) : std::string(prefix_of(name)).append(parameter),
        name == "equal");
    const std::string_view value = trim_ascii(part.substr(equals + 1));
    auto inner = nested_function(node, value);
    each.value = inner ? std::move(*inner) : text_term(node, value, Role::parameter);
    call->inputs.push_back(std::move(each));
  }
  return call;
}

// "grel:trim(valueParameter = $(name))" as a value: a name with a prefix, and parentheses to the
// end.
std::optional<TermMap> YarrrmlReader::nested_function(const YamlNode& node, std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || !text.ends_with(')')) return std::nullopt;
  const std::string_view name = text.substr(0, open);
  const bool is_name = name.find(':') != std::string_view::npos &&
                       name.find_first_of(" $(){}/") == std::string_view::npos;
  if (!is_name) return std::nullopt;
  TermMap out;
  out.place = node.place();
  out.expression.place = node.place();
  ++function_depth_;
  if (check_function_depth(node)) out.expression.value = short_function(node, text);
  --function_depth_;
  return out;
}

// functions:
//   ex:clean: {parameters: [name], value: "grel:string_trim(valueParameter = $(name))"}
void YarrrmlReader::read_functions(const YamlNode& node) {
  static constexpr std::string_view kKeys[] = {"parameters", "value", "function", "pms"};
  if (!want_map(node, "`functions`")) return;
  for (const auto& [key, value] : node.entries()) {
    if (!want_map(value, "a function")) continue;
    OwnFunction own;
    own.place = key.place();
    own.iri = expand_name(key, key.text());
    const YamlNode* body = find(value, {"value"});
    if (body != nullptr) check_keys(value, kKeys, "function");
    if (const YamlNode* names = find(value, {"parameters"})) {
      for (const YamlNode* item : items(*names)) own.parameters.push_back(text(*item, "parameter"));
    }
    if (body == nullptr) {
      report(
          code::mapping_bad_value, key, "this function has no value",
          "write value: grel:string_trim(valueParameter = $(name)), with the parameters as $(...)");
      continue;
    }
    if (body->is_mapping()) {
      own.body.place = body->place();
      own.body.value = function(*body);
    } else if (auto inner = nested_function(*body, text(*body, "value"))) {
      own.body = std::move(inner->expression);
    } else {
      own.body = expression(*body, text(*body, "value"), false);
    }
    model_.functions.push_back(std::move(own));
  }
}

// [parameter, value], [parameter, value, s], or a map with `parameter` and `value`.
FunctionInput YarrrmlReader::input(const YamlNode& node, bool is_equal) {
  FunctionInput out;
  out.place = node.place();
  const YamlNode* parameter = nullptr;
  const YamlNode* value = nullptr;
  const YamlNode* side = nullptr;
  if (node.is_sequence()) {
    const auto all = items(node);
    if (all.size() > 0) parameter = all[0];
    if (all.size() > 1) value = all[1];
    if (all.size() > 2) side = all[2];
  } else if (want_map(node, "a parameter")) {
    check_keys(node, kInputKeys, "parameter");
    parameter = find(node, {"parameter"});
    value = find(node, {"value"});
    side = find(node, {"from"});
  }
  if (parameter == nullptr || value == nullptr) {
    report(code::mapping_bad_value, node, "a parameter needs a name and a value",
           "write [grel:valueParameter, $(name)]");
    return out;
  }
  out.parameter = parameter_name(*parameter, text(*parameter, "parameter"), is_equal);
  if (auto one = term(*value, Role::parameter)) out.value = std::move(*one);
  if (side != nullptr) {
    const std::string_view which = side->text();
    if (which == "o" || which == "object") {
      out.side = FunctionInput::Side::parent;
    } else if (which != "s" && which != "subject") {
      report(code::mapping_bad_value, *side,
             fmt::format("\"{}\" is neither s nor o", printable(which)),
             "s takes the value from this mapping's record, o from the other's");
    }
  }
  return out;
}

Function YarrrmlReader::condition(const YamlNode& map) {
  const YamlNode* node = find(map, {"condition", "conditions"});
  if (node == nullptr) return nullptr;
  if (!want_map(*node, "a condition")) return nullptr;
  const Function call = function(*node);
  // Only joins have two sides.
  for (FunctionInput& input : call->inputs) input.side = FunctionInput::Side::child;
  return call;
}

// {mapping: name, condition: ...}: an object for each triples map of that name.
std::vector<RefObjectMap> YarrrmlReader::joins(const YamlNode& node) {
  static constexpr std::string_view kKeys[] = {"mapping", "condition", "conditions", "targets",
                                               "target"};
  check_keys(node, kKeys, "reference to a mapping");
  RefObjectMap object;
  object.place = node.place();
  const YamlNode* name = find(node, {"mapping"});
  object.parent = text(*name, "mapping");
  object.place = name->place();
  if (const YamlNode* targets = find(node, {"targets", "target"})) {
    read_targets(*targets, object.targets);
  }
  if (const YamlNode* conditions = find(node, {"condition", "conditions"})) {
    for (const YamlNode* item : items(*conditions)) read_join_condition(*item, object);
  }
  return {std::move(object)};
}

void YarrrmlReader::read_join_condition(const YamlNode& node, RefObjectMap& out) {
  if (!want_map(node, "a condition")) return;
  const Function call = function(node);
  if (call->function != kEqualFunction) {
    out.condition = call;
    return;
  }
  if (call->inputs.size() != 2) {
    report(code::mapping_bad_join, node,
           fmt::format("equal compares two values, not {}", call->inputs.size()),
           "write parameters: [[str1, $(column)], [str2, $(column of the other)]]");
    return;
  }
  using Side = FunctionInput::Side;
  FunctionInput* first = &call->inputs[0];
  FunctionInput* second = &call->inputs[1];
  // Without marks the first value is of this mapping, the second of the other.
  if (first->side == Side::parent && second->side == Side::child) std::swap(first, second);
  JoinCondition join;
  join.place = node.place();
  join.child = first->value;
  join.parent = second->value;
  out.joins.push_back(std::move(join));
}

}  // namespace dossier
