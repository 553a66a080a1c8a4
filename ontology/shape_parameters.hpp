// What SHACL Core says of the parameters of its constraint components: which value each wants, on
// which shapes it may stand, and how often (SHACL 1.0, the syntax rules of section 4; SHACL 1.2).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "ontology/names.hpp"
#include "ontology/shapes.hpp"

namespace dossier {

enum class ShapeWant : std::uint8_t {
  iri,
  iris,        // an IRI or a list of them
  comparison,  // a property, or a path in a blank node
  any,
  count,
  literal,
  string,
  kind,
  flag,
  closed,
  list,
  languages,
  shape,
  shapes,
  properties
};

struct ShapeParameter {
  Name name;
  Component component;
  ShapeWant want;
  bool only_property_shapes = false;
  bool at_most_once = false;
};

std::span<const ShapeParameter> shape_parameters();
// Terms of SHACL that stand on shapes and declare no constraint by themselves.
std::span<const Name> shape_attributes();
// Terms that are read over without a word: sh:order, sh:group and the like.
bool is_silent_shape_term(std::string_view local_part);

}  // namespace dossier
