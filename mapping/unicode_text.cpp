#include "mapping/unicode_text.hpp"

#include <algorithm>
#include <memory>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

namespace dossier {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<signed char>(c) < 0; });
}

std::u16string to_utf16(std::string_view text) {
  std::u16string out(text.size(), u'\0');
  std::int32_t size = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8(out.data(), static_cast<std::int32_t>(out.size()), &size, text.data(),
                static_cast<std::int32_t>(text.size()), &status);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string to_utf8(const std::u16string& text) {
  std::string out(text.size() * 3, '\0');
  std::int32_t size = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8(out.data(), static_cast<std::int32_t>(out.size()), &size, text.data(),
              static_cast<std::int32_t>(text.size()), &status);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

// `convert(to, capacity, status)` says how much it needs; asked again with that much room.
template <class Convert>
std::string converted(std::size_t guess, Convert&& convert) {
  std::u16string out(guess + 16, u'\0');
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t size = convert(out.data(), static_cast<std::int32_t>(out.size()), &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    out.resize(static_cast<std::size_t>(size));
    status = U_ZERO_ERROR;
    size = convert(out.data(), static_cast<std::int32_t>(out.size()), &status);
  }
  out.resize(static_cast<std::size_t>(size));
  return to_utf8(out);
}

struct CloseTransliterator {
  void operator()(UTransliterator* each) const { utrans_close(each); }
};

}  // namespace

std::string upper_case(std::string_view text) {
  std::string out(text);
  if (is_ascii(text)) {
    for (char& c : out) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
  }
  const std::u16string from = to_utf16(text);
  return converted(from.size(), [&](UChar* to, std::int32_t room, UErrorCode* status) {
    return u_strToUpper(to, room, from.data(), static_cast<std::int32_t>(from.size()), "", status);
  });
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  if (is_ascii(text)) {
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }
  const std::u16string from = to_utf16(text);
  return converted(from.size(), [&](UChar* to, std::int32_t room, UErrorCode* status) {
    return u_strToLower(to, room, from.data(), static_cast<std::int32_t>(from.size()), "", status);
  });
}

std::string title_case(std::string_view text) {
  const std::u16string from = to_utf16(text);
  return converted(from.size(), [&](UChar* to, std::int32_t room, UErrorCode* status) {
    return u_strToTitle(to, room, from.data(), static_cast<std::int32_t>(from.size()), nullptr, "",
                        status);
  });
}

std::string composed(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  UErrorCode opened = U_ZERO_ERROR;
  const UNormalizer2* const form = unorm2_getNFCInstance(&opened);
  const std::u16string from = to_utf16(text);
  return converted(from.size(), [&](UChar* to, std::int32_t room, UErrorCode* status) {
    return unorm2_normalize(form, from.data(), static_cast<std::int32_t>(from.size()), to, room,
                            status);
  });
}

std::string latin_letters(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  static constexpr char16_t kRules[] = u"Any-Latin; Latin-ASCII; [:Nonspacing Mark:] Remove";
  thread_local const std::unique_ptr<UTransliterator, CloseTransliterator> rules = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<UTransliterator, CloseTransliterator>(
        utrans_openU(kRules, -1, UTRANS_FORWARD, nullptr, 0, nullptr, &status));
  }();
  std::u16string buffer = to_utf16(text);
  auto size = static_cast<std::int32_t>(buffer.size());
  buffer.resize(buffer.size() * 8 + 64);  // a Han character becomes up to six letters and a blank
  std::int32_t limit = size;
  UErrorCode status = U_ZERO_ERROR;
  utrans_transUChars(rules.get(), buffer.data(), &size, static_cast<std::int32_t>(buffer.size()), 0,
                     &limit, &status);
  buffer.resize(static_cast<std::size_t>(std::max(size, 0)));
  return U_FAILURE(status) ? std::string(text) : to_utf8(buffer);
}

}  // namespace dossier
