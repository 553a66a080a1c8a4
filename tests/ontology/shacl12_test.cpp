// The constraint components of SHACL 1.2 Core. The cases follow the test suite of its draft.
#include <gtest/gtest.h>

#include "base/codes/ontology.hpp"
#include "ontology/report_shacl.hpp"
#include "tests/ontology/ontology_support.hpp"

namespace dossier::test {
namespace {

// "code focus value" of each result, details indented; "refused" when the shapes do not load.
std::string found(std::string_view shapes_text, std::string_view data_text,
                  std::size_t threads = 1) {
  const Graph shapes_graph = turtle(shapes_text);
  DiagnosticCollector diagnostics;
  const auto shapes = load_shapes(shapes_graph, {}, diagnostics);
  if (!shapes) return "refused";
  const Graph data = turtle(data_text);
  const auto findings = validate(data, nullptr, *shapes, {.threads = threads});
  if (!findings) return std::string(info(findings.error().code).name);
  std::string out;
  const auto name = [&](TermId id) {
    return id ? std::string(local_part(findings->terms().text(id))) : std::string("-");
  };
  for (const Finding& each : findings->kept()) {
    if (each.parent != kNoParent) out += "  ";
    out += std::string(info(findings->rule(each).code).name) + " " + name(each.focus) + " " +
           name(each.value) + "\n";
  }
  return out;
}

TEST(Shacl12Test, SomeValueWantsOneOfTheShape) {
  EXPECT_EQ(found(":s sh:targetNode :alice , :bob ; sh:property [ sh:path :tends ; "
                  "  sh:someValue [ sh:class :Duck ] ] .",
                  ":donald a :Duck . :eliza a :Cow . :alice :tends :eliza . "
                  ":bob :tends :donald , :eliza ."),
            "shacl_some_value alice -\n  shacl_class eliza eliza\n");
}

TEST(Shacl12Test, RootClassTakesTheClassAndThoseBelow) {
  EXPECT_EQ(found(":s sh:targetNode :zoo ; sh:property [ sh:path :holds ; sh:rootClass :Animal ] .",
                  ":Mammal rdfs:subClassOf :Animal . :Dog rdfs:subClassOf :Mammal . "
                  ":Animal rdfs:subClassOf :Organism . :Plant rdfs:subClassOf :Organism . "
                  ":zoo :holds :Animal , :Mammal , :Dog , :Plant , :Car ."),
            "shacl_root_class zoo Car\nshacl_root_class zoo Plant\n");
}

TEST(Shacl12Test, SubsetOfComparesWithAnotherProperty) {
  EXPECT_EQ(found(":s sh:targetNode :a , :b , :c ; sh:property [ sh:path :p ; sh:subsetOf :q ] .",
                  ":a :p 1 ; :q 1 , 2 . :b :p 1 . :c :p 1 , 2 ; :q 1 ."),
            "shacl_subset_of b 1\nshacl_subset_of c 2\n");
}

TEST(Shacl12Test, SingleLineForbidsLineBreaks) {
  const std::string shape =
      ":s sh:targetNode :x ; sh:property [ sh:path :p ; sh:singleLine true ] .";
  EXPECT_EQ(found(shape, ":x :p \"one line\" , 5 , :iri ."), "");
  for (const std::string_view broken :
       {"a\\nb", "a\\rb", "a\\fb", "a\\u000Bb", "a\\u0085b", "a\\u2028b", "a\\u2029b"}) {
    EXPECT_TRUE(found(shape, ":x :p \"" + std::string(broken) + "\" .").starts_with("shacl_single"))
        << broken;
  }
  EXPECT_EQ(found(":s sh:targetNode :x ; sh:property [ sh:path :p ; sh:singleLine false ] .",
                  ":x :p \"a\\nb\" ."),
            "");
}

TEST(Shacl12Test, ListsAreMeasured) {
  const std::string data =
      ":two :p ( 1 2 ) . :none :p () . :three :p ( 1 2 3 ) . :no :p :notAList . "
      ":open :p [ rdf:first 1 ; rdf:rest :elsewhere ] .";
  const std::string targets = ":s sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; ";
  EXPECT_EQ(found(targets + "sh:maxListLength 2 ] .", data).find("shacl_max_list_length two"),
            std::string::npos);
  const std::string longest = found(targets + "sh:maxListLength 2 ] .", data);
  EXPECT_TRUE(longest.contains("shacl_max_list_length no notAList"));
  EXPECT_TRUE(longest.contains("shacl_max_list_length three"));
  EXPECT_TRUE(longest.contains("shacl_max_list_length open"));
  EXPECT_FALSE(longest.contains("shacl_max_list_length none"));
  const std::string shortest = found(targets + "sh:minListLength 3 ] .", data);
  EXPECT_TRUE(shortest.contains("shacl_min_list_length none nil"));
  EXPECT_TRUE(shortest.contains("shacl_min_list_length two"));
  EXPECT_FALSE(shortest.contains("shacl_min_list_length three"));
}

TEST(Shacl12Test, MembersAreComparedAndChecked) {
  const std::string twice =
      found(":s sh:targetNode :x , :y , :z ; sh:property [ sh:path :p ; sh:uniqueMembers true ] .",
            ":x :p ( :tea :coffee :tea :coffee :tea ) . :y :p ( :tea ) . :z :p :cup .");
  EXPECT_TRUE(twice.starts_with("shacl_unique_members x ")) << twice;
  EXPECT_TRUE(twice.contains("\n  shacl_unique_members x coffee\n  shacl_unique_members x tea\n"))
      << twice;
  EXPECT_TRUE(twice.contains("\nshacl_unique_members z cup\n")) << twice;
  EXPECT_FALSE(twice.contains("shacl_unique_members y")) << twice;
  const std::string member = found(
      ":s sh:targetNode :x , :y , :z ; sh:property [ sh:path :p ; "
      "  sh:memberShape [ sh:nodeKind sh:IRI ] ] .",
      ":x :p ( :a \"b\" :c 5 ) . :y :p ( :a :b ) . :z :p [ rdf:first :a ] .");
  EXPECT_TRUE(member.starts_with("shacl_member_shape x ")) << member;
  EXPECT_TRUE(member.contains("\n  shacl_node_kind b b\n  shacl_node_kind 5 5\n")) << member;
  EXPECT_TRUE(member.contains("shacl_member_shape z")) << member;
  EXPECT_FALSE(member.contains("shacl_member_shape y")) << member;
}

TEST(Shacl12Test, ReifiersAreChecked) {
  const std::string shape =
      ":s sh:targetNode :a , :b , :c ; sh:property [ sh:path :owns ; sh:reifierShape :t ";
  const std::string inner =
      " ] . :t a sh:NodeShape ; sh:property [ sh:path :since ; sh:minCount 1 ] .";
  const std::string data =
      ":a :owns :x {| :since 2020 |} . :b :owns :x {| :until 2021 |} . :c :owns :x .";
  EXPECT_TRUE(found(shape + inner, data).starts_with("shacl_reifier_shape b x\n  shacl_min_count"));
  EXPECT_FALSE(found(shape + inner, data).contains("reifier_shape c"));
  const std::string required = found(shape + "; sh:reificationRequired true" + inner, data);
  EXPECT_TRUE(required.contains("shacl_reifier_shape b x\n")) << required;
  EXPECT_TRUE(required.contains("shacl_reifier_shape c x\n")) << required;
  EXPECT_FALSE(required.contains("shacl_reifier_shape a")) << required;
  EXPECT_EQ(found(":s sh:targetNode :a ; sh:property [ sh:path [ sh:inversePath :owns ] ; "
                  "sh:reifierShape :t" +
                      inner,
                  data),
            "refused");
}

TEST(Shacl12Test, KeysAreUniqueAmongTheTargets) {
  const std::string shape = ":s sh:targetClass :C ; sh:uniqueValuesFor ";
  const std::string data =
      ":a a :C ; :id \"1\" ; :in :s1 . :b a :C ; :id \"1\" ; :in :s2 . :c a :C ; :id \"1\" ; :in "
      ":s2 . "
      ":d a :C ; :id \"2\" . :e :id \"2\" . :f a :C . :g a :C .";
  for (const std::size_t threads : {1u, 3u}) {
    EXPECT_EQ(found(shape + ":id .", data, threads),
              "shacl_unique_values_for a -\nshacl_unique_values_for b -\n"
              "shacl_unique_values_for c -\n");
    EXPECT_EQ(found(shape + "( :id :in ) .", data, threads),
              "shacl_unique_values_for b -\nshacl_unique_values_for c -\n");
  }
  // One of several values is enough, and a node does not clash with itself.
  EXPECT_EQ(found(shape + ":id .", ":a a :C ; :id 1 , 2 . :b a :C ; :id 2 , 3 . :c a :C ; :id 4 ."),
            "shacl_unique_values_for a -\nshacl_unique_values_for b -\n");
  EXPECT_EQ(found(shape + "\"id\" .", data), "refused");
  EXPECT_EQ(found(shape + "( ) .", data), "refused");
}

TEST(Shacl12Test, ConformanceDisallowsSomeSeverities) {
  const auto conforms = [](const std::string& severity, const std::string& more = "") {
    const Graph shapes_graph = turtle(
        ":s sh:targetNode :x ; sh:nodeKind sh:Literal ; sh:severity " + severity + " . " + more);
    const ShapeSet shapes = shapes_of(shapes_graph);
    const Graph data = turtle(":x a :C .");
    const auto findings = validate(data, nullptr, shapes);
    EXPECT_EQ(findings->count(), 1u);
    return findings->conforms();
  };
  EXPECT_FALSE(conforms("sh:Violation"));
  EXPECT_FALSE(conforms("sh:Info"));
  EXPECT_FALSE(conforms(":Mine"));
  EXPECT_TRUE(conforms("sh:Debug"));
  EXPECT_TRUE(conforms("sh:Trace"));
  EXPECT_TRUE(conforms("sh:Warning", ":g sh:conformanceDisallows sh:Violation ."));
  EXPECT_FALSE(conforms("sh:Violation", ":g sh:conformanceDisallows sh:Violation ."));
}

TEST(Shacl12Test, ListsAreUnionsOfClassesDatatypesAndKinds) {
  EXPECT_EQ(found(":s sh:targetNode :x ; sh:property [ sh:path :p ; sh:class ( :Duck :Goose ) ] .",
                  ":Swan rdfs:subClassOf :Goose . :a a :Duck . :b a :Swan . :c a :Hen . "
                  ":x :p :a , :b , :c , \"duck\" ."),
            "shacl_class x c\nshacl_class x duck\n");
  EXPECT_EQ(found(":s sh:targetNode \"G'day\"@en , \"Hello\" , \"<b>\"^^rdf:HTML , 5 ; "
                  "sh:datatype ( xsd:string rdf:langString ) .",
                  ":x :p 5 , \"Hello\" ."),
            "shacl_datatype 5 5\nshacl_datatype <b> <b>\n");
  EXPECT_EQ(found(":s sh:targetObjectsOf :p ; sh:nodeKind ( sh:BlankNode sh:IRI ) .",
                  ":x :p :iri , [] , \"literal\" ."),
            "shacl_node_kind literal literal\n");
  EXPECT_EQ(found(":s sh:targetNode :x ; sh:property [ sh:path :p ; sh:nodeKind sh:TripleTerm ] .",
                  ":x :p <<( :a :b :c )>> , :y ."),
            "shacl_node_kind x y\n");
  for (const std::string_view wrong :
       {"sh:class ( )", "sh:class \"C\"", "sh:class ( :C 5 )", "sh:datatype ( )",
        "sh:nodeKind ( sh:IRI :Other )", "sh:nodeKind [ :is :nothing ]"}) {
    EXPECT_EQ(found(":s sh:targetNode :x ; " + std::string(wrong) + " .", ""), "refused") << wrong;
  }
}

TEST(Shacl12Test, ValuesAreComparedWithThoseOfAPath) {
  const std::string data =
      ":a :p 4 ; :q [ :r 4 ] . :b :p 4 , 6 ; :q [ :r 5 ] . :c :p 5 ; :q [ :r 5 ] , [ :r 6 ] . "
      ":d :p 3 .";
  const auto run = [&](std::string_view wants) {
    return found(":s sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; " + std::string(wants) +
                     " ( :q :r ) ] .",
                 data);
  };
  EXPECT_EQ(run("sh:lessThan"), "shacl_less_than a 4\nshacl_less_than b 6\nshacl_less_than c 5\n");
  EXPECT_EQ(run("sh:lessThanOrEquals"), "shacl_less_than_or_equals b 6\n");
  EXPECT_EQ(run("sh:subsetOf"), "shacl_subset_of b 4\nshacl_subset_of b 6\nshacl_subset_of d 3\n");
  EXPECT_EQ(run("sh:disjoint"), "shacl_disjoint a 4\nshacl_disjoint c 5\n");
  EXPECT_EQ(run("sh:equals"),
            "shacl_equals b 4\nshacl_equals b 6\nshacl_equals b 5\nshacl_equals c 6\n"
            "shacl_equals d 3\n");
  EXPECT_EQ(found(":s sh:targetNode :a ; sh:property [ sh:path :p ; sh:equals ( :q ) ] .", data),
            "refused");
}

TEST(Shacl12Test, AnnotationsSpeakOfOneConstraint) {
  const Graph shapes_graph = turtle(
      ":s sh:targetNode :x ; sh:severity sh:Info ; sh:message \"of the shape\" ; "
      "  sh:nodeKind sh:Literal {| sh:severity sh:Warning ; sh:message \"of the kind\"@en |} ; "
      "  sh:class :C ; "
      "  sh:hasValue :y {| sh:deactivated true |} ; "
      "  sh:property :t {| sh:deactivated true |} . "
      ":t sh:path :p ; sh:minCount 1 .");
  const ShapeSet shapes = shapes_of(shapes_graph);
  const Graph data = turtle(":x :q 1 .");
  const auto findings = validate(data, nullptr, shapes);
  EXPECT_EQ(findings->count(), 2u) << listing(*findings);
  EXPECT_EQ(findings->count(Severity::warning), 1u);
  EXPECT_EQ(findings->count(Severity::info), 1u);
  const Describer describer(*findings, Prefixes::well_known());
  for (const Finding& each : findings->kept()) {
    const bool kind = findings->rule(each).code == code::shacl_node_kind;
    EXPECT_EQ(describer.describe(each).message, kind ? "of the kind" : "of the shape");
  }
  // The second parameter of a component is of its constraint too; two severities are one too many.
  EXPECT_EQ(found(":s sh:targetNode \"x\" ; sh:pattern \"Y\" ; "
                  "sh:flags \"i\" {| sh:deactivated true |} .",
                  ""),
            "");
  EXPECT_EQ(found(":s sh:targetNode :x ; "
                  "sh:class :C {| sh:severity sh:Info , sh:Warning |} .",
                  ""),
            "refused");
}

TEST(Shacl12Test, ClosedByTypesAllowsWhatTheClassesHave) {
  const std::string shapes =
      ":Root a rdfs:Class , sh:NodeShape ; sh:closed sh:ByTypes ; "
      "  sh:ignoredProperties ( :note ) ; sh:property [ sh:path :root ] . "
      ":Sub a rdfs:Class , sh:NodeShape ; rdfs:subClassOf :Root ; sh:property [ sh:path :sub ] . "
      ":other sh:targetClass :Sub ; sh:node :wider ; sh:property [ sh:path :more ] . "
      ":wider sh:property [ sh:path :wide ] .";
  EXPECT_EQ(found(shapes,
                  ":a a :Root ; :root 1 ; :note 2 . "
                  ":b a :Root ; :sub 3 ; :wide 4 . "
                  ":c a :Sub ; :root 1 ; :sub 2 ; :more 3 ; :wide 4 ; :note 5 ; :odd 6 ."),
            "shacl_closed b 3\nshacl_closed b 4\nshacl_closed c 6\n");
}

TEST(Shacl12Test, TargetsAreChosenByClassByShapeAndByTheNode) {
  EXPECT_EQ(found(":Super a sh:ShapeClass ; sh:in ( :fine ) .",
                  ":Sub rdfs:subClassOf :Super . :fine a :Sub . :odd a :Sub ."),
            "shacl_in odd odd\n");
  const std::string adults =
      ":s sh:targetWhere [ sh:class :Person ; "
      "  sh:property [ sh:path :age ; sh:minCount 1 ; sh:minInclusive 18 ] ] ; "
      "sh:property [ sh:path :voted ; sh:minCount 1 ] .";
  for (const std::size_t threads : {1u, 2u}) {
    EXPECT_EQ(found(adults,
                    ":a a :Person ; :age 18 . :b a :Person ; :age 17 . :c a :Person . "
                    ":d a :Person ; :age 30 ; :voted :a . :e :age 40 .",
                    threads),
              "shacl_min_count a -\n");
  }
  // A node that two targets name is checked once; keys are compared among all that are chosen.
  EXPECT_EQ(found(":s sh:targetClass :C ; sh:targetNode :a ; sh:targetWhere [ sh:hasValue :a ] , "
                  "[ sh:hasValue :b ] ; sh:uniqueValuesFor :id ; sh:nodeKind sh:Literal .",
                  ":a a :C ; :id 1 . :b :id 1 . :c :id 1 ."),
            "shacl_node_kind a a\nshacl_node_kind b b\n"
            "shacl_unique_values_for a -\nshacl_unique_values_for b -\n");
  EXPECT_EQ(found(":s a sh:NodeShape ; sh:property [ sh:path :label ; sh:maxCount 0 ] .",
                  ":a sh:shape :s ; :label \"x\" . :b :label \"y\" ."),
            "shacl_max_count a -\n");
  EXPECT_EQ(found(":s sh:targetWhere \"everything\" ; sh:class :C .", ""), "refused");
}

TEST(Shacl12Test, UniqueLanguagesTellDirectionsApart) {
  const std::string shape =
      ":s sh:targetNode :x ; sh:property [ sh:path :p ; sh:uniqueLang true ] .";
  EXPECT_EQ(found(shape, ":x :p \"A\"@ar--ltr , \"A\"@ar--rtl , \"A\"@ar , \"A\" ."), "");
  EXPECT_EQ(found(shape, ":x :p \"A\"@ar--ltr , \"B\"@ar--ltr ."), "shacl_unique_lang x -\n");
}

}  // namespace
}  // namespace dossier::test
