#include "sources/encoding.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/replay_source.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace dossier {
namespace {

struct EncodingName {
  std::string_view name;  // lower case, without '-', '_' and blanks
  TextEncoding encoding;
};
constexpr EncodingName kNames[] = {
    {"utf8", TextEncoding::utf8},          {"utf8bom", TextEncoding::utf8},
    {"utf8sig", TextEncoding::utf8},       {"ascii", TextEncoding::utf8},
    {"usascii", TextEncoding::utf8},       {"utf16", TextEncoding::utf16},
    {"ucs2", TextEncoding::utf16},         {"unicode", TextEncoding::utf16},
    {"utf16le", TextEncoding::utf16le},    {"utf16be", TextEncoding::utf16be},
    {"latin1", TextEncoding::latin1},      {"l1", TextEncoding::latin1},
    {"iso88591", TextEncoding::latin1},    {"windows1252", TextEncoding::windows1252},
    {"cp1252", TextEncoding::windows1252}, {"ansi", TextEncoding::windows1252},
};

// 0x80 to 0x9F of windows-1252; the five bytes without a character stay C1 controls, as in the
// WHATWG Encoding Standard.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

constexpr std::size_t kRawBytes = std::size_t{64} << 10;
constexpr std::size_t kMarkBytes = 3;  // the longest byte order mark, that of UTF-8

// Converts buffer by buffer. `raw_` keeps a unit or a pair that the buffer cut in two.
class ConvertingSource final : public ByteSource {
 public:
  // `mark`: bytes of the byte order mark that were taken away, so that offsets are the file's.
  ConvertingSource(std::unique_ptr<ByteSource> raw, TextEncoding encoding, std::size_t mark)
      : ByteSource(raw->name()), source_(std::move(raw)), encoding_(encoding), offset_(mark) {}

  Expected<std::size_t> read(std::span<char> into) override {
    std::size_t got = 0;
    while (got < into.size()) {
      if (text_at_ == text_.size()) {
        if (ended_) break;
        const Expected<void> more = fill();
        if (!more) return std::unexpected(more.error());
        continue;
      }
      const std::size_t n = std::min(into.size() - got, text_.size() - text_at_);
      std::memcpy(into.data() + got, text_.data() + text_at_, n);
      text_at_ += n;
      got += n;
    }
    return got;
  }

 private:
  Expected<void> fill() {
    raw_.resize(kept_ + kRawBytes);
    const Expected<std::size_t> n = source_->read(std::span(raw_).subspan(kept_));
    if (!n) return std::unexpected(n.error());
    ended_ = *n < kRawBytes;
    raw_.resize(kept_ + *n);
    text_.clear();
    text_at_ = 0;
    std::size_t used = raw_.size();
    if (encoding_ == TextEncoding::utf16le || encoding_ == TextEncoding::utf16be) {
      const Expected<std::size_t> converted = convert_utf16();
      if (!converted) return std::unexpected(converted.error());
      used = *converted;
    } else {
      convert_single_bytes();
    }
    raw_.erase(raw_.begin(), raw_.begin() + static_cast<std::ptrdiff_t>(used));
    kept_ = raw_.size();
    offset_ += used;
    return {};
  }

  void convert_single_bytes() {
    const bool windows = encoding_ == TextEncoding::windows1252;
    for (const char c : raw_) {
      const auto byte = static_cast<unsigned char>(c);
      const bool high_control = byte >= 0x80 && byte < 0xA0;
      append_utf8(text_, windows && high_control ? kWindows1252[byte - 0x80u] : byte);
    }
  }

  char32_t unit_at(std::size_t at) const {
    const auto first = static_cast<unsigned char>(raw_[at]);
    const auto second = static_cast<unsigned char>(raw_[at + 1]);
    const bool little = encoding_ == TextEncoding::utf16le;
    return static_cast<char32_t>(little ? first | (second << 8) : second | (first << 8));
  }

  // Returns how many raw bytes were used.
  Expected<std::size_t> convert_utf16() {
    std::size_t at = 0;
    while (at + 2 <= raw_.size()) {
      const char32_t unit = unit_at(at);
      if (unit < 0xD800 || unit > 0xDFFF) {
        append_utf8(text_, unit);
        at += 2;
        continue;
      }
      if (unit >= 0xDC00) return bad(at, "a low surrogate without a high one");
      if (at + 4 > raw_.size()) {
        if (ended_) return bad(at, "a high surrogate at the end");
        return at;
      }
      const char32_t low = unit_at(at + 2);
      if (low < 0xDC00 || low > 0xDFFF) return bad(at, "a high surrogate without a low one");
      append_utf8(text_, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
      at += 4;
    }
    if (ended_ && at < raw_.size()) return bad(at, "half a code unit at the end");
    return at;
  }

  std::unexpected<Error> bad(std::size_t at, std::string_view what) const {
    return fail(code::invalid_utf16, {name()}, fmt::format("{} at byte {}", what, offset_ + at),
                "is the encoding named for this source the right one?");
  }

  std::unique_ptr<ByteSource> source_;
  TextEncoding encoding_;
  std::vector<char> raw_;
  std::size_t kept_ = 0;  // bytes at the front of raw_ that wait for their other half
  std::uint64_t offset_;  // of raw_[0] in the source
  std::string text_;
  std::size_t text_at_ = 0;
  bool ended_ = false;
};

}  // namespace

std::optional<TextEncoding> find_encoding(std::string_view name) {
  std::string key = to_lower_ascii(name);
  std::erase_if(key, [](char c) { return c == '-' || c == '_' || c == ' '; });
  const auto* found = std::ranges::find(kNames, key, &EncodingName::name);
  if (found == std::end(kNames)) return std::nullopt;
  return found->encoding;
}

std::string_view name_of(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::utf8:
      return "UTF-8";
    case TextEncoding::utf16:
      return "UTF-16";
    case TextEncoding::utf16le:
      return "UTF-16LE";
    case TextEncoding::utf16be:
      return "UTF-16BE";
    case TextEncoding::latin1:
      return "ISO-8859-1";
    case TextEncoding::windows1252:
      return "windows-1252";
  }
  return {};
}

Expected<DecodedSource> decode_text(std::unique_ptr<ByteSource> source, TextEncoding encoding) {
  std::string taken(kMarkBytes, '\0');
  const Expected<std::size_t> n = source->read(taken);
  if (!n) return std::unexpected(n.error());
  taken.resize(*n);

  DecodedSource out;
  std::size_t mark = 0;
  if (taken.starts_with("\xEF\xBB\xBF")) {
    encoding = TextEncoding::utf8;
    mark = 3;
  } else if (taken.starts_with("\xFF\xFE")) {
    encoding = TextEncoding::utf16le;
    mark = 2;
  } else if (taken.starts_with("\xFE\xFF")) {
    encoding = TextEncoding::utf16be;
    mark = 2;
  }
  if (encoding == TextEncoding::utf16) encoding = TextEncoding::utf16le;
  taken.erase(0, mark);
  out.encoding = encoding;
  if (encoding == TextEncoding::utf8) out.skipped = mark;
  out.bytes = put_back(std::move(taken), std::move(source));
  if (encoding != TextEncoding::utf8) {
    out.bytes = std::make_unique<ConvertingSource>(std::move(out.bytes), encoding, mark);
  }
  return out;
}

std::unique_ptr<ByteSource> put_back(std::string taken, std::unique_ptr<ByteSource> rest) {
  return std::make_unique<ReplaySource>(std::move(taken), std::move(rest));
}

}  // namespace dossier
