// sh:and, sh:or and sh:xone over many members give what the members give one by one.
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kMembers[] = {
    "[ sh:class :A ]",
    "[ sh:class ( :A :B ) ]",
    "[ sh:class :C ; sh:nodeKind sh:IRI ]",
    "[ sh:datatype xsd:integer ]",
    "[ sh:datatype ( xsd:string rdf:langString ) ]",
    "[ sh:languageIn ( \"en\" ) ]",
    "[ sh:nodeKind sh:Literal ]",
    "[ sh:nodeKind ( sh:IRI sh:BlankNode ) ]",
    "[ sh:in ( :a :b 1 ) ]",
    "[ sh:in ( :a 1 \"x\" :a ) ; sh:nodeKind sh:IRI ]",
    "[ sh:hasValue :c ]",
    "[ sh:hasValue \"x\" ; sh:minLength 2 ]",
    "[ sh:minLength 2 ]",
    "[ sh:property [ sh:path :p ; sh:minCount 1 ] ]",
    "[ sh:path :p ; sh:hasValue 5 ]",
    "[ sh:deactivated true ; sh:class :Z ]",
    "[ sh:not [ sh:class :A ] ]",
};
constexpr std::string_view kData =
    ":a a :A ; :p 5 . :b a :B . :c a :C , :A . _:d a :A ; :p 6 . :D rdfs:subClassOf :C . :e a :D . "
    ":x :of :a , :b , :c , _:d , :e , :unknown , 1 , 12 , \"1x\"^^xsd:integer , \"x\" , \"xy\" , "
    "\"x\"@en , \"y\"@de , true .";

// Values of :x :of that fail the constraint.
std::set<std::string> failing(const Graph& data, const std::string& constraint) {
  const Graph shapes_graph =
      turtle(":s sh:targetNode :x ; sh:property [ sh:path :of ; " + constraint + " ] .");
  const ShapeSet shapes = shapes_of(shapes_graph);
  const auto findings = validate(data, nullptr, shapes);
  std::set<std::string> out;
  for (const Finding& each : findings->kept()) {
    if (each.parent == kNoParent) out.insert(fmt::format("{}", each.value.value()));
  }
  return out;
}

TEST(MemberTableTest, AgreesWithItsMembersOneByOne) {
  const Graph data = turtle(kData);
  std::map<std::string_view, std::set<std::string>> fails;
  for (const std::string_view member : kMembers) {
    fails[member] = failing(data, fmt::format("sh:and ( {} )", member));
    // One member in a shape of its own is checked without any table.
    EXPECT_EQ(fails[member], failing(data, "sh:not [ sh:not " + std::string(member) + " ]"))
        << member;
  }
  const std::set<std::string> all = failing(data, "sh:class :Nothing");
  ASSERT_EQ(all.size(), 14u);
  std::mt19937 random(11);
  for (int round = 0; round < 120; ++round) {
    std::string list;
    std::map<std::string, std::size_t> holding;
    const std::size_t size = 1 + random() % 6;
    for (std::size_t i = 0; i < size; ++i) {
      const std::string_view member = kMembers[random() % std::size(kMembers)];
      list += std::string(member) + " ";
      for (const std::string& each : all) {
        holding[each] += fails[member].contains(each) ? 0u : 1u;
      }
    }
    std::set<std::string> not_all;
    std::set<std::string> none;
    std::set<std::string> not_one;
    for (const auto& [value, count] : holding) {
      if (count < size) not_all.insert(value);
      if (count == 0) none.insert(value);
      if (count != 1) not_one.insert(value);
    }
    EXPECT_EQ(failing(data, "sh:and ( " + list + ")"), not_all) << list;
    EXPECT_EQ(failing(data, "sh:or ( " + list + ")"), none) << list;
    EXPECT_EQ(failing(data, "sh:xone ( " + list + ")"), not_one) << list;
  }
}

}  // namespace
}  // namespace dossier::test
