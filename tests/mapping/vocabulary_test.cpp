// R2RML and the older vocabulary of rml.io say the same as the new one: a mapping that uses every
// term of them is the mapping that is written in the new vocabulary.
#include <sstream>

#include <gtest/gtest.h>

#include "tests/mapping/mapping_helpers.hpp"
#include "tests/support/model_text.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kOld = R"(
@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
@prefix fnml: <http://semweb.mmlab.be/ns/fnml#> .
@prefix rmlt: <http://semweb.mmlab.be/ns/rml-target#> .
@prefix comp: <http://semweb.mmlab.be/ns/rml-compression#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix fno: <https://w3id.org/function/ontology#> .
@prefix grel: <http://users.ugent.be/~bjdmeest/function/grel.ttl#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://e/> .
ex:file a rr:TriplesMap ;
  rml:logicalSource [ a rml:LogicalSource ; rml:source "t.json" ;
    rml:referenceFormulation ql:JSONPath ; rml:iterator "$.rows[*]" ] ;
  rr:subjectMap [ a rr:SubjectMap ; rr:template "http://e/{id}" ; rr:class ex:Thing ;
    rr:graphMap [ a rr:GraphMap ; rr:constant ex:g ] ; rml:logicalTarget ex:target ] ;
  rr:predicateObjectMap [ a rr:PredicateObjectMap ;
    rr:predicateMap [ a rr:PredicateMap ; rr:constant ex:name ] ;
    rr:objectMap [ a rr:ObjectMap ; rml:reference "name" ; rr:language "en" ] ;
    rr:graph rr:defaultGraph ] ;
  rr:predicateObjectMap [ rr:predicate ex:size ;
    rr:objectMap [ rml:reference "size" ; rr:datatype xsd:double ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:label ;
    rr:objectMap [ rml:reference "name" ; rml:languageMap [ rml:reference "lang" ] ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:typed ;
    rr:objectMap [ rml:reference "name" ; rml:datatypeMap [ rr:template "http://e/{kind}" ] ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:loud ; rr:objectMap [ a fnml:FunctionTermMap ;
    fnml:functionValue [ rr:predicateObjectMap
      [ rr:predicate fno:executes ; rr:objectMap [ rr:constant grel:toUpperCase ] ] ,
      [ rr:predicate grel:valueParameter ; rr:objectMap [ rml:reference "name" ] ] ] ] ] .
ex:target a rmlt:LogicalTarget ; rmlt:serialization formats:Turtle ; rmlt:compression comp:gzip ;
  rmlt:target [ a rmlt:Target , void:Dataset ; void:dataDump <file://out.ttl.gz> ] .
ex:table a rr:TriplesMap ;
  rr:logicalTable [ a rr:BaseTableOrView ; rr:tableName "person" ] ;
  rr:subjectMap [ rr:column "node" ; rr:termType rr:BlankNode ] ;
  rr:predicateObjectMap [ rr:predicate ex:p , ex:q ; rr:object ex:o ] ;
  rr:predicateObjectMap [ rr:predicate ex:page ;
    rr:objectMap [ rr:column "page" ; rr:termType rr:IRI ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:note ; rr:objectMap [ rr:template "a {note}" ;
    rr:termType rr:Literal ; rr:inverseExpression "note = {value}" ] ] ;
  rr:predicateObjectMap [ rr:predicate ex:job ; rr:objectMap [ a rr:RefObjectMap ;
    rr:parentTriplesMap ex:query ;
    rr:joinCondition [ a rr:Join ; rr:child "job" ; rr:parent "id" ] ] ] .
ex:query a rr:TriplesMap ;
  rr:logicalTable [ a rr:R2RMLView ; rr:sqlQuery "SELECT id FROM job" ; rr:sqlVersion rr:SQL2008 ] ;
  rr:subject ex:fixed .
ex:asked a rr:TriplesMap ;
  rml:logicalSource [ rml:query "SELECT id FROM task" ] ;
  rr:subjectMap [ rr:template "http://e/task/{id}" ] .
)";

constexpr std::string_view kNew = R"(
@prefix rml: <http://w3id.org/rml/> .
@prefix formats: <http://www.w3.org/ns/formats/> .
@prefix grel: <http://users.ugent.be/~bjdmeest/function/grel.ttl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://e/> .
ex:file a rml:TriplesMap ;
  rml:logicalSource [ a rml:LogicalSource ; rml:source [ a rml:FilePath ; rml:path "t.json" ] ;
    rml:referenceFormulation rml:JSONPath ; rml:iterator "$.rows[*]" ] ;
  rml:subjectMap [ rml:template "http://e/{id}" ; rml:class ex:Thing ;
    rml:graph ex:g ; rml:logicalTarget ex:target ] ;
  rml:predicateObjectMap [ rml:predicate ex:name ;
    rml:objectMap [ rml:reference "name" ; rml:language "en" ] ; rml:graph rml:defaultGraph ] ;
  rml:predicateObjectMap [ rml:predicate ex:size ;
    rml:objectMap [ rml:reference "size" ; rml:datatype xsd:double ] ] ;
  rml:predicateObjectMap [ rml:predicate ex:label ;
    rml:objectMap [ rml:reference "name" ; rml:languageMap [ rml:reference "lang" ] ] ] ;
  rml:predicateObjectMap [ rml:predicate ex:typed ;
    rml:objectMap [ rml:reference "name" ; rml:datatypeMap [ rml:template "http://e/{kind}" ] ] ] ;
  rml:predicateObjectMap [ rml:predicate ex:loud ; rml:objectMap [
    rml:functionExecution [ rml:function grel:toUpperCase ; rml:input
      [ rml:parameter grel:valueParameter ; rml:inputValueMap [ rml:reference "name" ] ] ] ] ] .
ex:target a rml:LogicalTarget ; rml:serialization formats:Turtle ; rml:compression rml:gzip ;
  rml:target [ a rml:FilePath ; rml:path "out.ttl.gz" ] .
ex:table a rml:TriplesMap ;
  rml:logicalSource [ rml:referenceFormulation rml:SQL2008Table ; rml:iterator "person" ] ;
  rml:subjectMap [ rml:reference "node" ; rml:termType rml:BlankNode ] ;
  rml:predicateObjectMap [ rml:predicate ex:p , ex:q ; rml:object ex:o ] ;
  rml:predicateObjectMap [ rml:predicate ex:page ;
    rml:objectMap [ rml:reference "page" ; rml:termType rml:IRI ] ] ;
  rml:predicateObjectMap [ rml:predicate ex:note ;
    rml:objectMap [ rml:template "a {note}" ; rml:termType rml:Literal ] ] ;
  rml:predicateObjectMap [ rml:predicate ex:job ; rml:objectMap [ rml:parentTriplesMap ex:query ;
    rml:joinCondition [ rml:child "job" ; rml:parent "id" ] ] ] .
ex:query a rml:TriplesMap ;
  rml:logicalSource [ rml:referenceFormulation rml:SQL2008Query ; rml:iterator "SELECT id FROM job" ] ;
  rml:subject ex:fixed .
ex:asked a rml:TriplesMap ;
  rml:logicalSource [ rml:referenceFormulation rml:SQL2008Query ; rml:iterator "SELECT id FROM task" ] ;
  rml:subjectMap [ rml:template "http://e/task/{id}" ] .
)";

// Of R2RML (its section 13), without classes, which need not be said; and of rml.io, FNML and the
// targets.
constexpr std::string_view kProperties =
    "rr:child rr:class rr:column rr:constant rr:datatype rr:graph rr:graphMap rr:inverseExpression "
    "rr:joinCondition rr:language rr:logicalTable rr:object rr:objectMap rr:parent "
    "rr:parentTriplesMap rr:predicate rr:predicateMap rr:predicateObjectMap rr:sqlQuery "
    "rr:sqlVersion rr:subject rr:subjectMap rr:tableName rr:template rr:termType "
    "rml:logicalSource rml:source rml:referenceFormulation rml:iterator rml:reference rml:query "
    "rml:languageMap rml:datatypeMap rml:logicalTarget fnml:functionValue rmlt:target "
    "rmlt:serialization rmlt:compression ";

std::string text_of_mapping(std::string_view turtle) {
  Folder folder;
  folder.write("mapping.ttl", turtle);
  DiagnosticCollector diagnostics;
  const auto mapping = load_mapping(folder.path() / "mapping.ttl", {}, diagnostics);
  std::string out;
  for (const Diagnostic& each : diagnostics.sorted()) out += render(each) + "\n";
  return mapping ? out + model_text(mapping->model) : out + render(mapping.error());
}

TEST(VocabularyTest, TheOlderVocabulariesSayTheSameAsTheNewOne) {
  std::string old = text_of_mapping(kOld);
  const std::string graph = "http://www.w3.org/ns/r2rml#defaultGraph";
  old.replace(old.find(graph), graph.size(), "http://w3id.org/rml/defaultGraph");  // both are known
  EXPECT_EQ(old, text_of_mapping(kNew));
}

TEST(VocabularyTest, EveryPropertyOfTheOlderVocabulariesIsInThatMapping) {
  std::istringstream names{std::string(kProperties)};
  for (std::string name; names >> name;) {
    EXPECT_NE(kOld.find(name + " "), std::string_view::npos) << name;
  }
}

// A term that is not known is never ignored.
TEST(VocabularyTest, APropertyOfRmlThatIsNoneIsRefused) {
  std::string misspelt(kOld);
  misspelt.replace(misspelt.find("rr:language"), 11, "rr:langauge");
  EXPECT_NE(text_of_mapping(misspelt).find("did you mean rml:language?"), std::string::npos);
}

}  // namespace
}  // namespace dossier::test
