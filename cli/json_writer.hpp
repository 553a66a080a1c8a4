// JSON results: members in the order in which they are written, two blanks of indent, a line end at
// the end. A thin face over RapidJSON's writer for the .cpp files of this room.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

namespace dossier {

class JsonWriter {
 public:
  JsonWriter() : writer_(buffer_) { writer_.SetIndent(' ', 2); }

  void begin_object() { writer_.StartObject(); }
  void begin_object(std::string_view key) {
    name(key);
    writer_.StartObject();
  }
  void end_object() { writer_.EndObject(); }
  void begin_array(std::string_view key) {
    name(key);
    writer_.StartArray();
  }
  void begin_array() { writer_.StartArray(); }
  void end_array() { writer_.EndArray(); }

  template <class T>
  void member(std::string_view key, const T& of) {
    name(key);
    value(of);
  }
  template <std::convertible_to<std::string_view> T>
  void value(const T& text) {
    const std::string_view view = text;
    writer_.String(view.data(), static_cast<rapidjson::SizeType>(view.size()));
  }
  void value(bool truth) { writer_.Bool(truth); }
  void value(std::unsigned_integral auto number) { writer_.Uint64(number); }
  void value(double number) { writer_.Double(number); }

  std::string text() const { return std::string(buffer_.GetString(), buffer_.GetSize()) + "\n"; }

 private:
  void name(std::string_view key) {
    writer_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
  }

  rapidjson::StringBuffer buffer_;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer_;
};

}  // namespace dossier
