#include "mapping/join_lookups.hpp"

#include <algorithm>

#include "mapping/join_key.hpp"

namespace dossier {

JoinLookups::JoinLookups(const Plan& plan, const SourcePlan& source,
                         std::span<const JoinTable> tables)
    : plan_(plan), tables_(tables), columns_(plan.joins.size(), kNone) {
  if (!source.program.steps().empty()) return;  // records are extended one by one
  for (const MapPlan& map : source.maps) {
    for (const StatementPlan& statement : map.statements) {
      if (statement.join == StatementPlan::kNone || columns_[statement.join] != kNone) continue;
      const auto& keys = plan.joins[statement.join].keys;
      if (keys.empty() || std::ranges::any_of(keys, &TermPlan::computed)) continue;
      columns_[statement.join] = static_cast<std::uint32_t>(joins_.size());
      joins_.push_back(statement.join);
    }
  }
}

void JoinLookups::look_ahead(const RecordBatch& batch, std::size_t first, std::size_t end) {
  if (joins_.empty()) return;
  first_ = first;
  last_ = std::min(end, first + kRows);
  const std::size_t columns = joins_.size();
  const std::size_t count = (last_ - first_) * columns;
  keys_.clear();
  keys_of_.resize(count);
  found_.assign(count, {});
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t column = i % columns;
    make_key(plan_.joins[joins_[column]], batch.row(first_ + i / columns), keys_of_[i], found_[i]);
    if (found_[i].has_key) table(column).fetch_slot(keys_of_[i].hash);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (found_[i].has_key) table(i % columns).fetch_entry(keys_of_[i].hash);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (!found_[i].has_key) continue;
    const Key& key = keys_of_[i];
    const std::string_view text = keys_.view().substr(key.begin, key.size);
    found_[i].first = table(i % columns).find(text, key.hash);
    if (found_[i].first != nullptr) __builtin_prefetch(found_[i].first->next);
  }
}

void JoinLookups::make_key(const JoinPlan& join, std::span<const Value> row, Key& key,
                           Found& found) {
  for (const TermPlan& part : join.keys) {
    if (presence(part.pieces, row) == Presence::list) return;
  }
  found.known = true;
  key.begin = keys_.size();
  for_each_key(join.keys, row, key_, part_, [&](std::string_view text) {
    keys_.append(text);
    key.size = text.size();
    key.hash = JoinTable::hash_of(text);
    found.has_key = true;
  });
}

}  // namespace dossier
