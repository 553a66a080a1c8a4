// What the values of a column are like, for suggestions. One thread; keeps the different values of
// the records looked at.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace dossier {

class ColumnProfile {
 public:
  enum class Kind : std::uint8_t {
    empty,
    integer,
    decimal,
    boolean,
    year,
    date,  // YYYY-MM-DD
    date_time,
    written_date,  // by `pattern`
    iri,
    country,  // a code of two letters
    text
  };

  void add(std::string_view value);  // of a cell that is not empty

  Kind kind() const;
  std::string_view pattern() const;  // of written_date
  std::uint64_t count() const { return count_; }
  std::size_t different() const { return values_.size(); }
  bool is_code() const;  // few different values, each often
  const std::string& example() const { return example_; }
  const std::set<std::string>& values() const { return values_; }

 private:
  static constexpr std::size_t kPatterns = 12;

  std::uint64_t count_ = 0;
  std::set<std::string> values_;
  std::string example_;
  bool integer_ = true;
  bool decimal_ = true;
  bool boolean_ = true;
  bool year_ = true;
  bool date_ = true;
  bool date_time_ = true;
  bool iri_ = true;
  bool country_ = true;
  bool patterns_[kPatterns] = {true, true, true, true, true, true,
                               true, true, true, true, true, true};
};

}  // namespace dossier
