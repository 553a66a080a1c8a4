#include "tests/support/suite_table.hpp"

#include <algorithm>
#include <cstdio>
#include <span>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace dossier::test {
namespace {

class Printer : public testing::Environment {
 public:
  void TearDown() override { std::fputs(SuiteTable::instance().text().c_str(), stdout); }
};

}  // namespace

SuiteTable& SuiteTable::instance() {
  static SuiteTable table;
  static const testing::Environment* printer = testing::AddGlobalTestEnvironment(new Printer);
  static_cast<void>(printer);
  return table;
}

SuiteTable::Row& SuiteTable::row(std::string_view name) {
  const auto found = std::ranges::find(rows_, name, &std::pair<std::string, Row>::first);
  if (found != rows_.end()) return found->second;
  return rows_.emplace_back(std::string(name), Row{}).second;
}

void SuiteTable::know(std::string_view name, std::span<const Known> failures) {
  for (const Known& each : failures) {
    row(name).known.insert_or_assign(std::string(each.name), std::string(each.reason));
  }
}

bool SuiteTable::is_known(const std::string& name, std::string_view reason) const {
  return std::ranges::any_of(rows_, [&](const auto& row) {
    const auto found = row.second.known.find(name);
    return found != row.second.known.end() && found->second == reason;
  });
}

std::string SuiteTable::add(std::string_view row_name, const std::string& name,
                            const std::string& problem) {
  Row& row = this->row(row_name);
  ++row.run;
  if (problem.empty()) ++row.passed;
  const bool known = row.known.contains(name);
  if (known && problem.empty()) return name + " is listed as a known failure, but passes";
  return known || problem.empty() ? "" : name + ": " + problem;
}

std::string SuiteTable::text() const {
  std::string out;
  std::size_t passed = 0;
  std::size_t run = 0;
  for (const auto& [name, row] : rows_) {
    out += fmt::format("{:<32} {:>5} of {:>5}\n", name, row.passed, row.run);
    for (const auto& [failure, reason] : row.known) {
      out += fmt::format("    known to fail: {}: {}\n", failure, reason);
    }
    passed += row.passed;
    run += row.run;
  }
  if (rows_.size() > 1) out += fmt::format("{:<32} {:>5} of {:>5}\n", "all", passed, run);
  return out;
}

}  // namespace dossier::test
