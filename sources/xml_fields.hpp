// The simple references of a source as one tree of names, so that the elements of a record are
// walked through once for all of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sources/xml_path.hpp"

namespace dossier {

class XmlFields {
 public:
  // What a reference wants of the element that its steps lead to.
  struct Field {
    std::size_t slot = 0;
    SimpleXmlReference::Last last = SimpleXmlReference::Last::element;
    std::string attribute;
  };
  struct Step {
    std::string name;
    std::vector<std::uint32_t> next;  // steps to children, of different names
    std::vector<Field> fields;
  };

  // `reference` does not lead upwards.
  void add(const SimpleXmlReference& reference, std::size_t slot);

  // The first is the record itself.
  const std::vector<Step>& steps() const { return steps_; }

 private:
  std::uint32_t step_to(std::uint32_t from, const std::string& name);

  std::vector<Step> steps_ = std::vector<Step>(1);
};

}  // namespace dossier
