#define PCRE2_CODE_UNIT_WIDTH 8
#include "ontology/backtracking_pattern.hpp"

#include <algorithm>
#include <array>
#include <pcre2.h>

#include <fmt/format.h>

namespace dossier {
namespace {

template <auto free_it>
struct FreeWith {
  template <class Handle>
  void operator()(Handle* handle) const {
    free_it(handle);
  }
};
using Code = std::unique_ptr<pcre2_code, FreeWith<pcre2_code_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, FreeWith<pcre2_match_context_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, FreeWith<pcre2_match_data_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context, FreeWith<pcre2_compile_context_free>>;

PCRE2_SPTR bytes_of(std::string_view text) {
  return reinterpret_cast<PCRE2_SPTR>(text.data());
}

std::uint32_t as_32_bits(std::size_t number) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(number, UINT32_MAX));
}

std::string message_of(int error) {
  std::array<PCRE2_UCHAR, 256> text{};
  pcre2_get_error_message(error, text.data(), text.size());
  return reinterpret_cast<const char*>(text.data());
}

class BacktrackingPattern final : public Pattern {
 public:
  BacktrackingPattern(Code code, const Limits& limits)
      : code_(std::move(code)), context_(pcre2_match_context_create(nullptr)) {
    pcre2_set_match_limit(context_.get(), as_32_bits(limits.max_pattern_steps));
    pcre2_set_depth_limit(context_.get(), as_32_bits(limits.max_pattern_depth));
    pcre2_set_heap_limit(context_.get(), as_32_bits(limits.max_pattern_memory >> 10));
  }

  PatternMatch search(std::string_view text) const override {
    const MatchData data(pcre2_match_data_create(1, nullptr));
    const int result =
        pcre2_match(code_.get(), bytes_of(text), text.size(), 0, 0, data.get(), context_.get());
    switch (result) {
      case PCRE2_ERROR_MATCHLIMIT:
      case PCRE2_ERROR_DEPTHLIMIT:
      case PCRE2_ERROR_HEAPLIMIT:
        return PatternMatch::too_costly;
      default:
        return result >= 0 ? PatternMatch::yes : PatternMatch::no;
    }
  }

 private:
  Code code_;
  MatchContext context_;  // only read after the constructor
};

std::uint32_t options_of(std::string_view modifiers) {
  std::uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
  for (const char each : modifiers) {
    options |= each == 'i' ? PCRE2_CASELESS : each == 's' ? PCRE2_DOTALL : PCRE2_MULTILINE;
  }
  return options;
}

}  // namespace

std::expected<std::unique_ptr<const Pattern>, std::string> compile_backtracking(
    std::string_view pattern, std::string_view modifiers, const Limits& limits) {
  const CompileContext context(pcre2_compile_context_create(nullptr));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  int error = 0;
  PCRE2_SIZE offset = 0;
  Code code(pcre2_compile(bytes_of(pattern), pattern.size(), options_of(modifiers), &error, &offset,
                          context.get()));
  if (!code) {
    return std::unexpected(fmt::format("{}: {}", message_of(error), pattern.substr(offset)));
  }
  return std::make_unique<BacktrackingPattern>(std::move(code), limits);
}

}  // namespace dossier
