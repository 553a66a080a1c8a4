#include "graph/dictionary.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "base/hash.hpp"
#include "base/limits.hpp"
#include "base/release.hpp"

namespace dossier {
namespace {

constexpr std::size_t kFirstSlots = 1024;

}  // namespace

Dictionary::Dictionary() : slots_(kFirstSlots), mask_(kFirstSlots - 1) {}

// XXH3 is weak only for adversaries who know the seed; 32 bits are kept, text decides.
std::uint32_t Dictionary::text_hash(TermKind kind, std::string_view text) {
  const std::uint64_t hash = hash_bytes(text, static_cast<std::uint64_t>(kind));
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

TermId Dictionary::intern(const TermView& term) {
  switch (term.kind) {
    case TermKind::iri:
      return iri(term.text);
    case TermKind::blank:
      return blank(term.text);
    case TermKind::literal:
      return literal(term.text, literal_type(term.datatype, term.language, term.direction));
    case TermKind::triple: {
      // Triple terms nest in the object only (RDF 1.2 Concepts 3.1): walk down, then build up.
      std::vector<const TripleView*> chain;
      for (const TermView* at = &term; at->kind == TermKind::triple; at = &at->triple->object) {
        chain.push_back(at->triple);
      }
      TermId object = intern(chain.back()->object);
      for (std::size_t i = chain.size(); i-- > 0;) {
        object = triple(intern(chain[i]->subject), intern(chain[i]->predicate), object);
      }
      return object;
    }
  }
  return {};
}

TermId Dictionary::triple(TermId subject, TermId predicate, TermId object) {
  const TermId parts[3] = {subject, predicate, object};
  char bytes[sizeof parts];
  std::memcpy(bytes, parts, sizeof parts);
  return intern_text(TermKind::triple, {bytes, sizeof bytes}, 0);
}

void Dictionary::approach_record(Prepared term) const {
  const Slot& slot = slots_[term.hash & mask_];
  if (slot.hash == term.hash && slot.id) __builtin_prefetch(&record(slot.id));
}

void Dictionary::approach_text(Prepared term) const {
  const Slot& slot = slots_[term.hash & mask_];
  if (slot.hash == term.hash && slot.id) __builtin_prefetch(record(slot.id).data);
}

TermId Dictionary::intern(TermKind kind, std::string_view text, Prepared prepared) {
  const auto [hash, type] = prepared;
  LargeVector<TermRecord>& records = records_[static_cast<std::size_t>(kind)];
  for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
    Slot& slot = slots_[at];
    if (!slot.id) {
      if (records.size() >= kMaxTermsOfAKind) throw std::bad_alloc();
      const TermId id(kind, static_cast<std::uint32_t>(records.size()));
      append_large(records, {arena_.copy(text), static_cast<std::uint32_t>(text.size()), type});
      slot = {hash, id};
      if (++used_ * 8 > slots_.size() * 5) grow();
      return id;
    }
    if (slot.hash != hash || slot.id.kind() != kind) continue;
    const TermRecord& record = records[slot.id.index()];
    if (record.type == type && record.text() == text) return slot.id;
  }
}

void Dictionary::grow() {
  LargeVector<Slot> larger(slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (!slot.id) continue;
    std::size_t at = slot.hash & mask;
    while (larger[at].id) at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
  mask_ = mask;
}

std::size_t Dictionary::size() const {
  std::size_t sum = 0;
  for (const auto& each : records_) sum += each.size();
  return sum;
}

std::size_t Dictionary::bytes() const {
  std::size_t sum = arena_.reserved() + slots_.capacity() * sizeof(Slot);
  for (const auto& each : records_) sum += each.size() * sizeof(TermRecord);
  return sum;
}

void Dictionary::drop_index() {
  release(slots_);
  mask_ = 0;
}

}  // namespace dossier
