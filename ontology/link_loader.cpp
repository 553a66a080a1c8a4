#include "ontology/link_loader.hpp"

#include <set>

#include <fmt/format.h>

#include "base/codes/ontology.hpp"
#include "graph/prefixes.hpp"

namespace dossier {
namespace {

class LinkLoader {
 public:
  explicit LinkLoader(OntologyReader& reader) : reader_(reader), parts_(reader.parts()) {}

  void run() {
    std::vector<OntologyLink> own(parts_.classes.size());
    std::vector<bool> is_link(parts_.classes.size(), false);
    for (const Statement& each : reader_.graph().instances(reader_.names()[Name::dm_link_class])) {
      const ClassNumber cls = reader_.find_class(each.subject);
      if (!cls) continue;
      is_link[cls.index()] = true;
      own[cls.index()] = read_link(cls);
    }
    // A class below a link class is a link class; it inherits what it does not say itself.
    for (std::uint32_t i = 0; i < own.size(); ++i) {
      const ClassNumber cls(i);
      bool link = is_link[i];
      OntologyLink merged = own[i];
      merged.cls = cls;
      const bool below_one = std::ranges::any_of(
          parts_.classes[i].ancestors, [&](ClassNumber each) { return is_link[each.index()]; });
      if (!below_one) continue;
      for (const ClassNumber each : nearest_first(cls)) {
        if (!is_link[each.index()] || each == cls) continue;
        link = true;
        merge_link(merged, own[each.index()]);
      }
      if (!link) continue;
      if (!merged.source_end || !merged.target_end) {
        const bool both = !merged.source_end && !merged.target_end;
        reader_.trouble().report(code::ontology_link_ends, parts_.classes[i].position,
                                 fmt::format("the link class {} lacks {}",
                                             reader_.trouble().shown(parts_.classes[i].iri),
                                             both                 ? "dm:sourceEnd and dm:targetEnd"
                                             : !merged.source_end ? "dm:sourceEnd"
                                                                  : "dm:targetEnd"));
        continue;
      }
      parts_.links.push_back(std::move(merged));
    }
  }

 private:
  OntologyLink read_link(ClassNumber cls) {
    const TermId id = reader_.id_of(cls);
    OntologyLink link{.cls = cls,
                      .source_end = one_property(id, Name::dm_source_end),
                      .target_end = one_property(id, Name::dm_target_end),
                      .direct = one_property(id, Name::dm_direct_predicate),
                      .start = one_property(id, Name::dm_start_qualifier),
                      .end = one_property(id, Name::dm_end_qualifier),
                      .symmetric = reader_.flag(id, Name::dm_symmetric)};
    for (const Statement& each : reader_.about(id, Name::dm_qualifier)) {
      if (const PropertyNumber property = reader_.property_at(each))
        link.qualifiers.push_back(property);
    }
    return link;
  }

  static void merge_link(OntologyLink& into, const OntologyLink& from) {
    const auto fill = [](PropertyNumber& own, PropertyNumber inherited) {
      if (!own) own = inherited;
    };
    fill(into.source_end, from.source_end);
    fill(into.target_end, from.target_end);
    fill(into.direct, from.direct);
    fill(into.start, from.start);
    fill(into.end, from.end);
    into.symmetric = into.symmetric || from.symmetric;
    for (const PropertyNumber each : from.qualifiers) add_once(into.qualifiers, each);
  }

  std::vector<ClassNumber> nearest_first(ClassNumber cls) const {
    std::vector<ClassNumber> queue{cls};
    std::set<ClassNumber> seen{cls};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (const ClassNumber super : parts_.classes[queue[i].index()].supers) {
        if (seen.insert(super).second) queue.push_back(super);
      }
    }
    return queue;
  }

  PropertyNumber one_property(TermId subject, Name predicate) {
    const auto found = reader_.about(subject, predicate);
    if (found.empty()) return {};
    if (found.size() > 1) reader_.bad_value(found[1], "has one value");
    return reader_.property_at(found[0]);
  }

  OntologyReader& reader_;
  OntologyParts& parts_;
};

}  // namespace

void load_links(OntologyReader& reader) {
  LinkLoader(reader).run();
}

}  // namespace dossier
