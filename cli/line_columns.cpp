#include "cli/line_columns.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "base/input.hpp"
#include "base/utf8.hpp"

namespace dossier {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20;
constexpr std::size_t kLongestLine = std::size_t{4} << 10;  // that is kept
constexpr std::size_t kMostLineBytes = std::size_t{8} << 20;

std::size_t count_line_ends(std::string_view text) {
  std::size_t count = 0;
  if (text.find('\r') == std::string_view::npos) {
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at)) {
      ++count;
      ++at;
    }
    return count;
  }
  char before = 0;
  for (const char c : text) {
    count += static_cast<std::size_t>(c == '\r' || (c == '\n' && before != '\r'));
    before = c;
  }
  return count;
}

// Counts lines and code points of runs of bytes; CRLF is one line end.
class PositionCounter {
 public:
  void pass(std::string_view bytes) {
    if (bytes.empty()) return;
    const bool ended = after_cr_ && bytes.front() == '\n';  // the line end has been counted
    after_cr_ = bytes.back() == '\r';
    if (ended) bytes.remove_prefix(1);
    const std::size_t last = bytes.find_last_of("\r\n");
    if (last == std::string_view::npos) {
      at_.column += count_code_points(bytes);
      return;
    }
    at_.line += count_line_ends(bytes);
    at_.column = 1 + count_code_points(bytes.substr(last + 1));
  }
  const LineColumn& at() const { return at_; }

 private:
  LineColumn at_;
  bool after_cr_ = false;
};

// A file in a window that moves on, with the bytes of a long line around what was asked for.
class LineScan {
 public:
  LineScan(std::span<const std::uint64_t> offsets, std::vector<LineColumn>& out,
           std::vector<std::string>* lines)
      : offsets_(offsets), out_(out), lines_(lines), window_(kReadBytes + 2 * kLongestLine) {}

  void run(ByteSource& source) {
    bool ended = false;
    while (!ended && next_ < offsets_.size()) {
      const std::span<char> free = std::span(window_).subspan(filled_);
      const Expected<std::size_t> read = source.read(free);
      if (!read) return;
      filled_ += *read;
      ended = *read < free.size();
      find(ended ? filled_ : filled_ - kLongestLine);
      if (!ended) drop_front();
    }
  }

 private:
  // Finds the offsets that lie before `end` of the window, and passes all before it.
  void find(std::size_t end) {
    for (; next_ < offsets_.size() && offsets_[next_] < begin_ + end; ++next_) {
      const auto here = static_cast<std::size_t>(offsets_[next_] - begin_);
      pass_to(here);
      out_[next_] = counter_.at();
      if (lines_ != nullptr) keep_line(here);
    }
    if (next_ < offsets_.size()) pass_to(end);
  }

  void pass_to(std::size_t end) {
    counter_.pass({window_.data() + passed_, end - passed_});
    passed_ = end;
  }

  void keep_line(std::size_t here) {
    const std::string_view line = line_at({window_.data(), filled_}, here);
    if (line.size() >= kLongestLine || kept_bytes_ + line.size() > kMostLineBytes) return;
    kept_bytes_ += line.size();
    (*lines_)[next_] = line;
  }

  void drop_front() {
    const std::size_t gone = passed_ - std::min(passed_, kLongestLine);
    std::memmove(window_.data(), window_.data() + gone, filled_ - gone);
    begin_ += gone;
    passed_ -= gone;
    filled_ -= gone;
  }

  std::span<const std::uint64_t> offsets_;
  std::vector<LineColumn>& out_;
  std::vector<std::string>* lines_;
  std::vector<char> window_;
  std::uint64_t begin_ = 0;  // offset of the window in the file
  std::size_t filled_ = 0;
  std::size_t passed_ = 0;  // by the counter
  std::size_t next_ = 0;    // of the offsets
  std::size_t kept_bytes_ = 0;
  PositionCounter counter_;
};

}  // namespace

std::vector<LineColumn> line_columns(const std::string& path,
                                     std::span<const std::uint64_t> offsets, const Limits& limits,
                                     std::vector<std::string>* lines) {
  std::vector<LineColumn> out(offsets.size(), LineColumn{0, 0});
  if (lines != nullptr) lines->assign(offsets.size(), {});
  // What is read once (a pipe, a device) cannot be read again.
  std::error_code ignored;
  if (offsets.empty() || !std::filesystem::is_regular_file(path, ignored)) return out;
  const auto source = open_input(path, limits);
  if (source) LineScan(offsets, out, lines).run(**source);
  return out;
}

Place place_in(const std::string& path, std::uint64_t offset, const Limits& limits) {
  const LineColumn at = line_columns(path, std::span(&offset, 1), limits).front();
  return {path, at.line, at.column, {}};
}

}  // namespace dossier
