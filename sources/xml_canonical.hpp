// Exclusive XML Canonicalization 1.0 with comments, of element content: what an rdf:XMLLiteral
// holds. Fed with the events of the content, one after the other. Namespaces appear where they are
// visibly used and not yet said. One thread; linear.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sources/xml_events.hpp"

namespace dossier {

class XmlCanonicalizer {
 public:
  void start_element(const XmlName& name, std::span<const XmlAttribute> attributes);
  void end_element(const XmlName& name);
  void text(std::string_view text);
  void comment(std::string_view text);
  void instruction(std::string_view target, std::string_view data);

  std::size_t depth() const { return declared_.size(); }  // open elements
  std::size_t size() const { return out_.size(); }
  std::string take();  // the text so far; ready for the next content

 private:
  void declare_used(const XmlName& name, std::vector<std::string>& prefixes);
  void append_name(const XmlName& name);

  std::string out_;
  // What stands in the output's open elements: prefix -> IRIs, the innermost last.
  std::unordered_map<std::string, std::vector<std::string>> said_;
  std::vector<std::vector<std::string>> declared_;  // prefixes that each open element declared
};

}  // namespace dossier
