#include <algorithm>

#include "cli/command.hpp"

namespace dossier {
namespace {

constexpr OptionSet kResult = OptionSet::output;
constexpr OptionSet kRead = OptionSet::output | OptionSet::reads;

constexpr Verb kVerbs[] = {
    {"init", "Write a small working project with comments",
     "dossier init mygraph            # then: dossier build mygraph", OptionSet{}, declare_init},
    {"build", "Build a project: sources, graph, validation and all exports",
     "dossier build                   # the project here or above\n"
     "dossier build data/app-bans-2020\n"
     "dossier build --json --fail-on warning > result.json",
     kRead, declare_build},
    {"map", "Run mappings (RML or YARRRML) and write the statements as they are made",
     "dossier map bans.rml.ttl -o out.nq\n"
     "dossier map mapping.yarrrml.yaml --test 2    # the first records and what they make",
     kRead | OptionSet::to, declare_map},
    {"validate", "Check a graph against an ontology and shapes",
     "dossier validate graph.ttl                   # with the ontology that ships\n"
     "dossier validate graph.ttl --shapes s.ttl --report report.ttl\n"
     "dossier validate graph.ttl --baseline accepted.txt   # only new findings count\n"
     "dossier validate data/app-bans-2020 --json",
     kRead | OptionSet::from, declare_validate},
    {"infer", "Write the statements that follow from a graph by its ontology",
     "dossier infer graph.ttl --ontology o.ttl -o more.nt\n"
     "dossier infer graph.ttl --why                # each with its rule and what it rests on\n"
     "dossier infer graph.ttl --with-data -o closed.ttl",
     kRead | OptionSet::from | OptionSet::to, declare_infer},
    {"lint", "Say what is wrong or odd in mappings, ontologies, shapes and projects",
     "dossier lint                    # the project here or above, and all that it names\n"
     "dossier lint ontology.ttl shapes.ttl bans.yarrrml.yaml\n"
     "dossier lint shapes.ttl --domain --fail-on warning",
     kRead | OptionSet::from, declare_lint},
    {"suggest", "Write a starting mapping from a look at a table",
     "dossier suggest bans.csv -o bans.yarrrml.yaml\n"
     "dossier suggest companies.tsv.gz --base http://example.org/",
     kResult, declare_suggest},
    {"convert", "Write statements in another syntax",
     "dossier convert graph.nt -o graph.ttl\n"
     "dossier convert a.ttl b.nq.gz -o all.nq       # several files become one\n"
     "dossier convert - --from turtle --to ntriples < graph.ttl\n"
     "dossier convert graph.ttl -o graph.nt --mode canonical",
     kRead | OptionSet::from | OptionSet::to, declare_convert},
    {"canon", "Write the canonical form of RDFC-1.0: the same bytes for files that say the same",
     "dossier canon graph.ttl -o graph.nq\n"
     "dossier canon graph.ttl --digest             # one line that stands for all it says",
     kRead | OptionSet::from, declare_canon},
    {"equal", "Tell whether two files say the same, and what only one of them says",
     "dossier equal a.ttl b.nq                     # exit code 1 if they do not\n"
     "dossier equal a.ttl b.jsonld --json",
     kRead | OptionSet::from, declare_equal},
    {"export", "Write a graph as a network for graph programs",
     "dossier export graph.ttl -o graph.gexf\n"
     "dossier export data/app-bans-2020 -o graph.graphml --for gephi\n"
     "dossier export graph.ttl -o graph.graphml --links nodes",
     kRead | OptionSet::from | OptionSet::to, declare_export},
    {"stats", "Count what is in a graph: classes, properties, sources, degrees, components",
     "dossier stats graph.ttl\n"
     "dossier stats data/app-bans-2020 --json",
     kRead | OptionSet::from, declare_stats},
    {"model", "Browse the ontology: classes, links with their ends and qualifiers, properties",
     "dossier model                   # everything, on one page\n"
     "dossier model Company           # one class, link or property\n"
     "dossier model schema.yaml --to shacl -o shapes.ttl    # also owl, json-schema, markdown ...",
     kRead, declare_model},
    {"explain", "Say what an error code means, or where an entity, statement or finding comes from",
     "dossier explain E0202           # the page of an error code\n"
     "dossier explain ex:tiktok       # each statement about it, with its place in the sources\n"
     "dossier explain ex:tiktok data/app-bans-2020\n"
     "dossier explain 3 graph.ttl --shapes s.ttl   # finding #3 of dossier validate",
     kRead | OptionSet::from, declare_explain},
    {"completion", "Print a completion script for a shell",
     "dossier completion bash > ~/.local/share/bash-completion/completions/dossier\n"
     "dossier completion zsh > ~/.zfunc/_dossier\n"
     "dossier completion fish > ~/.config/fish/completions/dossier.fish",
     kResult, declare_completion},
};

}  // namespace

std::span<const Verb> all_verbs() {
  return kVerbs;
}

const Verb* find_verb(std::string_view name) {
  const auto* found = std::ranges::find(kVerbs, name, &Verb::name);
  return found == std::end(kVerbs) ? nullptr : found;
}

}  // namespace dossier
