#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ontology/document_names.hpp"
#include "ontology/schema_writers.hpp"

namespace dossier {
namespace {

constexpr std::size_t kMaxDiagramClasses = 60;  // a larger drawing is not read

// A cell of a table: no line ends, no bars, no HTML.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      out += ' ';
    } else if (c == '|') {
      out += "\\|";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string anchor(std::string_view name) {
  std::string out;
  for (const char c : to_lower_ascii(name)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
                      static_cast<unsigned char>(c) >= 0x80;
    if (kept) out += c;
    if (c == ' ') out += '-';
  }
  return out;
}

class MarkdownWriter {
 public:
  MarkdownWriter(const ClassSlots& slots, const Prefixes& prefixes, ByteSink& out)
      : slots_(slots), ontology_(slots.ontology()), names_(ontology_, prefixes), out_(out) {}

  void run(std::string_view title) {
    line(fmt::format("# {}\n", cell(title)));
    below_.resize(ontology_.classes().size());
    for (std::size_t i = 0; i < ontology_.classes().size(); ++i) {
      const ClassNumber number(static_cast<std::uint32_t>(i));
      if (is_listed(number)) listed_.push_back(number);
      for (const ClassNumber super : ontology_[number].supers) {
        below_[super.index()].push_back(number);
      }
    }
    overview();
    diagram();
    links();
    if (!listed_.empty()) line("## Classes\n");
    for (const ClassNumber each : listed_) class_section(each);
    enumerations();
  }

 private:
  void line(std::string_view text) {
    out_.append(text);
    out_.append('\n');
  }

  bool is_listed(ClassNumber number) const {
    const OntologyClass& cls = ontology_[number];
    return cls.declared && ontology_.find_enumeration(cls.iri) == nullptr;
  }

  std::string link_to(std::string_view iri) const {
    const std::string& name = names_.of(iri);
    return fmt::format("[{}](#{})", cell(name), anchor(name));
  }
  std::string link_to(ClassNumber cls) const {
    return ontology_[cls].declared ? link_to(ontology_[cls].iri)
                                   : "`" + names_.shorten(ontology_[cls].iri) + "`";
  }

  template <class Range, class Text>
  static std::string joined(const Range& items, const Text& text) {
    std::string out;
    for (const auto& each : items) out.append(out.empty() ? "" : ", ").append(text(each));
    return out;
  }

  // ---- the whole

  void overview() {
    if (listed_.empty()) return;
    line("| class | is a | what it is |\n|---|---|---|");
    for (const ClassNumber each : listed_) {
      const OntologyClass& cls = ontology_[each];
      line(fmt::format("| {}{} | {} | {} |", link_to(each), cls.abstract ? " (abstract)" : "",
                       joined(cls.supers, [&](ClassNumber c) { return link_to(c); }),
                       cell(cls.definition())));
    }
    line("");
  }

  // Classes with what is below them, and links as arrows between their ends.
  void diagram() {
    if (listed_.empty() || listed_.size() > kMaxDiagramClasses) return;
    line("```mermaid\nclassDiagram");
    for (const ClassNumber each : listed_) {
      if (ontology_.find_link(each) != nullptr) continue;
      line(fmt::format("  class {}", node(each)));
      for (const ClassNumber super : ontology_[each].supers) {
        if (is_listed(super)) line(fmt::format("  {} <|-- {}", node(super), node(each)));
      }
      for (const Slot& slot : slots_.own(each)) arrow(each, slot);
    }
    for (const OntologyLink& link : ontology_.links()) {
      const ClassNumber from = end_of(link.source_end);
      const ClassNumber to = end_of(link.target_end);
      if (!from || !to) continue;
      line(fmt::format("  {} {} {} : {}", node(from), link.symmetric ? "--" : "-->", node(to),
                       node(link.cls)));
    }
    line("```\n");
  }

  void arrow(ClassNumber from, const Slot& slot) {
    const OntologyProperty& property = ontology_[slot.property];
    if (property.ranges.empty()) return;
    for (const ClassNumber to : property.ranges.back().classes) {
      if (!is_listed(to)) continue;
      line(fmt::format("  {} --> \"{}\" {} : {}", node(from), count_text(slot), node(to),
                       plain_name(property.document_name())));
    }
  }

  static std::string count_text(const Slot& slot) {
    if (slot.least == slot.most) return fmt::format("{}", slot.least);
    return fmt::format("{}..{}", slot.least,
                       slot.most == UINT64_MAX ? "*" : fmt::format("{}", slot.most));
  }

  // Mermaid takes letters, digits and _ as a name.
  static std::string plain_name(std::string_view name) {
    std::string out;
    for (const char c : name) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      out += plain ? c : '_';
    }
    return out;
  }
  std::string node(ClassNumber cls) const { return plain_name(names_.of(ontology_[cls].iri)); }

  ClassNumber end_of(PropertyNumber property) const {
    const auto& ranges = ontology_[property].ranges;
    if (ranges.empty() || ranges.back().classes.empty()) return {};
    const ClassNumber cls = ranges.back().classes.front();
    return is_listed(cls) ? cls : ClassNumber();
  }

  void links() {
    if (ontology_.links().empty()) return;
    line("## Links\n\n| link | from | to | directly | qualifiers |\n|---|---|---|---|---|");
    for (const OntologyLink& link : ontology_.links()) {
      const auto end = [&](PropertyNumber property) {
        return fmt::format("`{}`: {}", ontology_[property].document_name(),
                           values_text(ontology_[property].ranges));
      };
      line(fmt::format(
          "| {} | {} | {} | {}{} | {} |", link_to(link.cls), end(link.source_end),
          end(link.target_end),
          link.direct ? fmt::format("`{}`", ontology_[link.direct].document_name()) : "",
          link.symmetric ? " (both ways)" : "", joined(link.qualifiers, [&](PropertyNumber each) {
            return fmt::format("`{}`", ontology_[each].document_name());
          })));
    }
    line("");
  }

  // ---- one class

  void class_section(ClassNumber number) {
    const OntologyClass& cls = ontology_[number];
    const std::string& name = names_.of(cls.iri);
    line(fmt::format("### {}\n", cell(name)));
    if (!cls.definition().empty()) line(fmt::format("{}\n", cell(cls.definition())));
    fact("IRI", fmt::format("`{}`", cls.iri));
    if (cls.label() != name) fact("Label", cell(cls.label()));
    fact("Is a", joined(cls.supers, [&](ClassNumber each) { return link_to(each); }));
    fact("Below it",
         joined(below_[number.index()], [&](ClassNumber each) { return link_to(each); }));
    fact("Never also", joined(cls.disjoint, [&](ClassNumber each) { return link_to(each); }));
    fact("Same as", joined(cls.mappings, [&](const TermMapping& each) {
           return fmt::format("`{}` ({})", names_.shorten(each.iri),
                              local_part(iri_of(each.relation)));
         }));
    std::vector<std::string> traits;
    if (cls.abstract) traits.emplace_back("abstract");
    if (cls.closed) traits.emplace_back("closed: only the properties below");
    if (cls.root) traits.emplace_back("root of documents");
    if (cls.deprecated) traits.emplace_back("deprecated");
    fact("Traits", joined(traits, [](const std::string& each) { return each; }));
    for (const std::vector<PropertyNumber>& key : cls.keys) {
      fact("Key", joined(key, [&](PropertyNumber each) {
             return fmt::format("`{}`", ontology_[each].document_name());
           }));
    }
    line("");
    slot_table(number);
  }

  void fact(std::string_view what, const std::string& text) {
    if (!text.empty()) line(fmt::format("- {}: {}", what, text));
  }

  void slot_table(ClassNumber number) {
    const std::vector<Slot> slots = slots_.of(number);
    if (slots.empty()) return;
    std::set<PropertyNumber> own;
    for (const Slot& each : slots_.own(number)) own.insert(each.property);
    line("| property | values | how many | what it is |\n|---|---|---|---|");
    for (const Slot& slot : slots) {
      const OntologyProperty& property = ontology_[slot.property];
      const std::string count = slot.identifier    ? std::string("identifier")
                                : slot.recommended ? count_text(slot) + ", recommended"
                                                   : count_text(slot);
      line(fmt::format("| `{}`{} | {} | {} | {} |", slot.name,
                       own.contains(slot.property) ? "" : " (inherited)", wants_text(slot.wants),
                       count, cell(property.definition())));
    }
    line("");
  }

  std::string values_text(const std::vector<ValueUnion>& unions) const {
    if (unions.empty()) return "anything";
    const ValueUnion& values = unions.back();
    if (const auto* const listed = ontology_.find_enumeration(values.name)) {
      return link_to(listed->iri);
    }
    std::string out = joined(values.classes, [&](ClassNumber each) { return link_to(each); });
    const auto add = [&](const std::string& text) {
      out.append(out.empty() ? "" : ", ").append(text);
    };
    for (const std::string& each : values.datatypes) add(std::string(local_part(each)));
    if (values.any_thing) add("any thing");
    if (values.any_literal) add("any literal");
    return out;
  }

  std::string wants_text(const ValueWants& wants) const {
    std::string out = wants.enumeration != nullptr ? link_to(wants.enumeration->iri)
                      : wants.link                 ? std::string("IRI")
                                                   : values_text(wants.unions);
    for (const WantsGroup& each : wants.groups) {
      if (each.kind != WantsKind::any || !wants.unions.empty()) continue;
      out = joined(each.members, [&](const ValueWants& member) {
        return member.groups.empty() ? wants_text(member) : std::string("...");
      });
    }
    for (const std::string& each : wants.patterns) out += fmt::format(", matches `{}`", cell(each));
    const auto bound = [&](std::string_view word, const std::optional<OwnedTerm>& term) {
      if (term) out += fmt::format(", {} {}", word, cell(term->text));
    };
    bound("at least", wants.min_inclusive);
    bound("more than", wants.min_exclusive);
    bound("at most", wants.max_inclusive);
    bound("less than", wants.max_exclusive);
    if (wants.max_length) out += fmt::format(", at most {} characters", *wants.max_length);
    if (wants.enumeration == nullptr && !wants.allowed.empty()) {
      out += ", one of " + joined(wants.allowed, [&](const OwnedTerm& each) {
               return fmt::format("`{}`", cell(each.text));
             });
    }
    return out;
  }

  // ---- enumerations

  void enumerations() {
    if (ontology_.enumerations().empty()) return;
    line("## Enumerations\n");
    for (const OntologyEnumeration& each : ontology_.enumerations()) {
      line(fmt::format("### {}\n", cell(names_.of(each.iri))));
      if (!each.definition().empty()) line(fmt::format("{}\n", cell(each.definition())));
      if (each.values.empty()) {
        line("An open list.\n");
        continue;
      }
      line("| value | means | what it is |\n|---|---|---|");
      for (const EnumerationValue& value : each.values) {
        const std::string means = value.term.kind == TermKind::iri
                                      ? fmt::format("`{}`", names_.shorten(value.term.text))
                                      : std::string();
        const std::string& words = value.definition.empty() ? value.label : value.definition;
        line(fmt::format("| `{}` | {} | {} |", cell(value.text), means, cell(words)));
      }
      line("");
    }
  }

  const ClassSlots& slots_;
  const Ontology& ontology_;
  DocumentNames names_;
  ByteSink& out_;
  std::vector<ClassNumber> listed_;
  std::vector<std::vector<ClassNumber>> below_;
};

}  // namespace

void write_markdown(const ClassSlots& slots, const Prefixes& prefixes, std::string_view title,
                    ByteSink& out) {
  MarkdownWriter(slots, prefixes, out).run(title);
}

}  // namespace dossier
