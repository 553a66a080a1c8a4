// Contexts that make compaction hard, for the names of random_graph.
#pragma once

#include <string_view>

namespace dossier::test {

inline constexpr std::string_view kCompactionContexts[] = {
    R"({})",
    R"({"ex": "http://example.org/", "deep": "http://example.org/deep/", "o": "http://other.example/"})",
    R"({"@vocab": "http://example.org/", "@language": "en", "id": "@id", "type": "@type",
        "graph": "@graph", "value": "@value"})",
    R"({"@base": "http://example.org/deep/x", "xsd": "http://www.w3.org/2001/XMLSchema#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "p": {"@id": "http://example.org/p", "@container": "@set"},
        "p_id": {"@id": "http://example.org/p", "@type": "@id"},
        "p_int": {"@id": "http://example.org/p", "@type": "xsd:integer"},
        "p_lang": {"@id": "http://example.org/p", "@container": "@language"},
        "p_list": {"@id": "http://example.org/p", "@container": "@list"},
        "q": {"@id": "http://example.org/deep/q", "@container": ["@id", "@set"]},
        "q_de": {"@id": "http://example.org/deep/q", "@language": "de-CH"},
        "q_none": {"@id": "http://example.org/deep/q", "@language": null},
        "q_list": {"@id": "http://example.org/deep/q", "@container": "@list", "@type": "@vocab"},
        "other": {"@id": "http://other.example/p-1", "@type": "@none"},
        "first": "rdf:first", "rest": {"@id": "rdf:rest", "@type": "@id"}})",
    R"({"@version": 1.1, "@vocab": "http://example.org/deep/", "ex": {"@id": "http://example.org/",
        "@prefix": true}, "rtl": {"@id": "ex:p", "@direction": "rtl"},
        "q": {"@id": "ex:deep/q", "@container": "@type"},
        "p": {"@id": "ex:p", "@context": {"q": {"@id": "ex:deep/q", "@type": "@id"}, "ex": null}},
        "a": {"@id": "ex:a", "@context": {"@vocab": "http://example.org/", "q": "ex:deep/q"}},
        "nested": "@nest", "p-1": {"@id": "http://other.example/p-1", "@nest": "nested"},
        "by": {"@id": "http://example.org/deep/q", "@container": "@index", "@index": "ex:p"},
        "back": {"@reverse": "ex:p"}})",
};

}  // namespace dossier::test
