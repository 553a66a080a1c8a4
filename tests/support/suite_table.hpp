// The table that a suite prints at its end: one row a part (a syntax, a kind of case), with cases
// passed, run and known to fail. Known failures are listed by name with their reason; they are not
// counted as passed, and one that passes is a failure of the list.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::test {

class SuiteTable {
 public:
  // One for the program; prints itself when all tests have run.
  static SuiteTable& instance();

  struct Known {
    std::string_view name;
    std::string_view reason;
  };
  void know(std::string_view row, std::span<const Known> failures);

  bool is_known(const std::string& name, std::string_view reason) const;

  // `problem` is empty when the case passed. Gives what the test has to report, "" for nothing.
  std::string add(std::string_view row, const std::string& name, const std::string& problem);

  std::string text() const;

 private:
  struct Row {
    std::size_t passed = 0;
    std::size_t run = 0;
    std::map<std::string, std::string> known;
  };
  Row& row(std::string_view name);

  std::vector<std::pair<std::string, Row>> rows_;
};

}  // namespace dossier::test
