#include "sources/text_places.hpp"

#include <algorithm>
#include <string>

#include "sources/text_position.hpp"
#include "sources/xml_encoding.hpp"

namespace dossier {
namespace {

constexpr std::size_t kStep = std::size_t{256} << 10;

Expected<DecodedSource> decode(std::unique_ptr<ByteSource> source,
                               std::optional<TextEncoding> encoding) {
  std::string first(kXmlDeclarationBytes, '\0');
  const Expected<std::size_t> n = source->read(first);
  if (!n) return std::unexpected(n.error());
  first.resize(*n);
  if (!encoding) encoding = find_xml_encoding(first).encoding;
  return decode_text(put_back(std::move(first), std::move(source)),
                     encoding.value_or(TextEncoding::utf8));
}

}  // namespace

Expected<std::vector<Place>> find_text_places(std::unique_ptr<ByteSource> source,
                                              std::optional<TextEncoding> encoding,
                                              std::span<const std::uint64_t> offsets) {
  Expected<DecodedSource> decoded = decode(std::move(source), encoding);
  if (!decoded) return std::unexpected(decoded.error());
  std::vector<Place> out;
  std::string bytes(kStep, '\0');
  TextPosition position;
  std::uint64_t at = decoded->skipped;
  const auto note = [&] {
    out.push_back({decoded->bytes->name(), position.line(), position.column(), {}});
  };
  for (bool ended = false; out.size() < offsets.size() && !ended;) {
    const Expected<std::size_t> n = decoded->bytes->read(bytes);
    if (!n) return std::unexpected(n.error());
    ended = *n < bytes.size();
    std::string_view left(bytes.data(), *n);
    const std::uint64_t end = at + *n;
    while (out.size() < offsets.size() && (offsets[out.size()] < end || ended)) {
      const std::uint64_t offset = std::max(at, std::min(offsets[out.size()], end));
      position.advance(left.substr(0, static_cast<std::size_t>(offset - at)));
      left.remove_prefix(static_cast<std::size_t>(offset - at));
      at = offset;
      note();
    }
    position.advance(left);
    at = end;
  }
  return out;
}

Expected<void> look_at_text(
    std::unique_ptr<ByteSource> source, std::optional<TextEncoding> encoding,
    std::span<const std::uint64_t> offsets, std::size_t length,
    const std::function<void(std::size_t index, std::string_view text)>& look) {
  Expected<DecodedSource> decoded = decode(std::move(source), encoding);
  if (!decoded) return std::unexpected(decoded.error());
  std::string window;
  std::uint64_t start = decoded->skipped;  // of the window
  bool ended = false;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    while (!ended && start + window.size() < offsets[i] + length) {
      // What lies before the offset is dropped when it is half of what is held.
      const std::uint64_t past = std::min<std::uint64_t>(offsets[i] - start, window.size());
      if (past > window.size() / 2) {
        window.erase(0, static_cast<std::size_t>(past));
        start += past;
      }
      const std::size_t held = window.size();
      window.resize(held + kStep);
      const auto n = decoded->bytes->read({window.data() + held, kStep});
      if (!n) return std::unexpected(n.error());
      window.resize(held + *n);
      ended = *n < kStep;
    }
    if (offsets[i] < start || offsets[i] >= start + window.size()) continue;
    look(i, std::string_view(window).substr(static_cast<std::size_t>(offsets[i] - start), length));
  }
  return {};
}

}  // namespace dossier
