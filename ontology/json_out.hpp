// A JSON document written member by member through a ByteSink. RapidJSON does the escaping.
#pragma once

#include <cstdint>
#include <string_view>

#include <rapidjson/prettywriter.h>

#include "base/output.hpp"

namespace dossier {

class JsonOut {
 public:
  explicit JsonOut(ByteSink& out) : stream_{&out}, json_(stream_) { json_.SetIndent(' ', 1); }

  void open() { json_.StartObject(); }
  void close() { json_.EndObject(); }
  void open_list() { json_.StartArray(); }
  void close_list() { json_.EndArray(); }
  void open(std::string_view name) {
    key(name);
    open();
  }
  void open_list(std::string_view name) {
    key(name);
    open_list();
  }
  void text(std::string_view name, std::string_view value) {
    key(name);
    json_.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  }
  void text_if(std::string_view name, std::string_view value) {
    if (!value.empty()) text(name, value);
  }
  void number(std::string_view name, std::uint64_t value) {
    key(name);
    json_.Uint64(value);
  }
  void number_if(std::string_view name, std::uint64_t value) {
    if (value != 0) number(name, value);
  }
  void flag(std::string_view name, bool value) {
    key(name);
    json_.Bool(value);
  }

 private:
  struct Stream {
    using Ch = char;
    ByteSink* out;
    void Put(char c) { out->append(c); }
    void Flush() {}
  };

  void key(std::string_view name) {
    json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }

  Stream stream_;
  rapidjson::PrettyWriter<Stream> json_;
};

}  // namespace dossier
