#include "base/json_document.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "base/codes/files.hpp"
#include "base/codes/trees.hpp"
#include "base/line_index.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace dossier {

Json::Json() = default;

Json Json::make_string(std::string_view text, std::size_t offset) {
  Json json = of(JsonKind::string);
  json.text = text;
  json.offset = offset;
  return json;
}

Json Json::make_object(std::size_t offset) {
  Json json = of(JsonKind::object);
  json.offset = offset;
  return json;
}

namespace {
constexpr std::size_t kIndexedMembers = 32;
}

const Json* Json::find(std::string_view key) const {
  if (members.size() <= kIndexedMembers) {
    for (const auto& [name, value] : members) {
      if (name == key) return &value;
    }
    return nullptr;
  }
  if (!index.map) index.map = std::make_unique<std::unordered_map<std::string, std::size_t>>();
  for (std::size_t i = index.map->size(); i < members.size(); ++i)
    index.map->emplace(members[i].first, i);
  const auto found = index.map->find(std::string(key));
  return found == index.map->end() ? nullptr : &members[found->second].second;
}

Json* Json::find(std::string_view key) {
  return const_cast<Json*>(std::as_const(*this).find(key));
}

Json& Json::operator[](std::string_view key) {
  if (Json* found = find(key)) return *found;
  return members.emplace_back(std::string(key), Json()).second;
}

void Json::erase(std::string_view key) {
  std::erase_if(members, [&](const auto& member) { return member.first == key; });
  index.map.reset();
}

// Recursion is bounded by the depth limit of parse_json.
bool operator==(const Json& a, const Json& b) {
  if (a.kind != b.kind || a.boolean != b.boolean || a.text != b.text || a.items != b.items ||
      a.members.size() != b.members.size()) {
    return false;
  }
  return std::ranges::all_of(a.members, [&](const auto& member) {
    const Json* other = b.find(member.first);
    return other != nullptr && *other == member.second;
  });
}

namespace {

constexpr unsigned kParseFlags =
    rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag;

// Builds the tree from RapidJSON's events, on a stack of open arrays and objects.
class JsonTreeBuilder {
 public:
  JsonTreeBuilder(rapidjson::MemoryStream& stream, std::size_t max_depth)
      : stream_(stream), max_depth_(max_depth) {}

  bool Null() { return add(Json()); }
  bool Bool(bool value) {
    Json json;
    json.kind = JsonKind::boolean;
    json.boolean = value;
    return add(std::move(json));
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    Json json = Json::make_string({text, size});
    json.kind = JsonKind::number;
    return add(std::move(json));
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return add(Json::make_string({text, size}));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    keys_.back().assign(text, size);
    return true;
  }
  bool StartObject() { return open(JsonKind::object); }
  bool StartArray() { return open(JsonKind::array); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }
  // Numbers come as RawNumber.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  Json root;
  std::vector<std::pair<std::string, std::size_t>> repeated_keys;
  bool too_deep = false;

 private:
  bool add(Json json) {
    json.offset = stream_.Tell() - std::min(stream_.Tell(), json.text.size() + 1);
    place(std::move(json));
    return true;
  }
  bool open(JsonKind kind) {
    if (open_.size() >= max_depth_) {
      too_deep = true;
      return false;
    }
    Json json;
    json.kind = kind;
    json.offset = stream_.Tell() - 1;
    open_.push_back(std::move(json));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Json json = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    place(std::move(json));
    return true;
  }
  void place(Json json) {
    if (open_.empty()) {
      root = std::move(json);
    } else if (Json& parent = open_.back(); parent.is_array()) {
      parent.items.push_back(std::move(json));
    } else if (Json* found = parent.find(keys_.back())) {
      repeated_keys.emplace_back(keys_.back(), json.offset);
      *found = std::move(json);
    } else {
      parent.members.emplace_back(keys_.back(), std::move(json));
    }
  }

  rapidjson::MemoryStream& stream_;
  std::size_t max_depth_;
  std::vector<Json> open_;
  std::vector<std::string> keys_;
};

}  // namespace

Expected<Json> parse_json(std::string_view text, const std::string& name, std::size_t max_depth,
                          DiagnosticSink& diagnostics) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto place_at = [&](std::size_t offset) {
    const LineColumn at = line_column(text, offset);
    return Place{name, at.line, at.column};
  };
  if (const std::size_t bad = find_invalid_utf8(text); bad != kUtf8Valid) {
    return fail(code::invalid_utf8, place_at(bad),
                fmt::format("byte {} is not valid UTF-8; JSON is UTF-8 (RFC 8259)", bad));
  }
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  JsonTreeBuilder builder(stream, max_depth);
  const rapidjson::ParseResult result = reader.Parse<kParseFlags>(stream, builder);
  if (builder.too_deep) {
    return fail(code::limit_exceeded, place_at(stream.Tell()),
                fmt::format("is nested deeper than {} levels (max-depth)", max_depth));
  }
  if (result.IsError()) {
    return fail(code::json_syntax, place_at(result.Offset()),
                rapidjson::GetParseError_En(result.Code()));
  }
  for (const auto& [key, offset] : builder.repeated_keys) {
    diagnostics.report(
        make_diagnostic(code::json_repeated_key, place_at(offset),
                        fmt::format("key \"{}\" stands twice; the last one counts", key)));
  }
  return std::move(builder.root);
}

std::string ecmascript_number(double value) {
  if (value == 0) return "0";  // also for -0
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific)
          .ptr;
  // d.ddde[+-]xx -> digits and exponent
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  const std::size_t e = text.find('e');
  std::string digits(text.substr(0, 1));
  if (e > 2) digits += text.substr(2, e - 2);
  int exponent = 0;
  std::from_chars(text.data() + e + (text[e + 1] == '+' ? 2 : 1), text.data() + text.size(),
                  exponent);
  const int n = exponent + 1;  // position of the decimal point
  const int k = static_cast<int>(digits.size());
  std::string out = value < 0 ? "-" : "";
  if (n > 0 && n <= 21) {
    if (k <= n) return out + digits + std::string(static_cast<std::size_t>(n - k), '0');
    return out + digits.substr(0, static_cast<std::size_t>(n)) + "." +
           digits.substr(static_cast<std::size_t>(n));
  }
  if (n > -6 && n <= 0) return out + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
  out += digits.substr(0, 1);
  if (k > 1) out += "." + digits.substr(1);
  return out + fmt::format("e{}{}", n - 1 >= 0 ? "+" : "-", std::abs(n - 1));
}

namespace {

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

// Sorting by UTF-16 code units differs from sorting by bytes only where astral characters meet
// U+E000 and up.
std::u16string utf16(std::string_view text) {
  std::u16string out;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    if (point.value >= 0x10000) {
      out += static_cast<char16_t>(0xD800 + ((point.value - 0x10000) >> 10));
      out += static_cast<char16_t>(0xDC00 + ((point.value - 0x10000) & 0x3FF));
    } else {
      out += static_cast<char16_t>(point.value);
    }
    text.remove_prefix(std::max<std::size_t>(point.size, 1));
  }
  return out;
}

// Recursion is bounded by the depth limit of parse_json.
void append_canonical(std::string& out, const Json& json) {
  switch (json.kind) {
    case JsonKind::null:
      out += "null";
      break;
    case JsonKind::boolean:
      out += json.boolean ? "true" : "false";
      break;
    case JsonKind::number: {
      double value = 0;
      std::from_chars(json.text.data(), json.text.data() + json.text.size(), value);
      out += ecmascript_number(value);
      break;
    }
    case JsonKind::string:
      append_json_string(out, json.text);
      break;
    case JsonKind::array:
      out += '[';
      for (std::size_t i = 0; i < json.items.size(); ++i) {
        if (i > 0) out += ',';
        append_canonical(out, json.items[i]);
      }
      out += ']';
      break;
    case JsonKind::object: {
      std::vector<std::pair<std::u16string, const std::pair<std::string, Json>*>> sorted;
      for (const auto& member : json.members) sorted.emplace_back(utf16(member.first), &member);
      std::ranges::sort(sorted, {},
                        [](const auto& each) { return std::u16string_view(each.first); });
      out += '{';
      for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i > 0) out += ',';
        append_json_string(out, sorted[i].second->first);
        out += ':';
        append_canonical(out, sorted[i].second->second);
      }
      out += '}';
      break;
    }
  }
}

}  // namespace

std::string canonical_json(const Json& json) {
  std::string out;
  append_canonical(out, json);
  return out;
}

}  // namespace dossier
