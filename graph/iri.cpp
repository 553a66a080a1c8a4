#include "graph/iri.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "graph/characters.hpp"

namespace dossier {
namespace {

// RFC 3986, 5.2.4 on `path`, appended to `out`. Each byte is appended once and dropped at most
// once.
void append_without_dot_segments(std::string_view path, std::string& out) {
  const std::size_t start = out.size();
  const auto drop_segment = [&out, start] {
    if (out.size() == start) return;
    const std::size_t slash = out.rfind('/');
    out.resize(slash == std::string::npos || slash < start ? start : slash);
  };
  std::size_t at = 0;
  while (at < path.size()) {
    const bool slash = path[at] == '/';
    const std::size_t name = at + (slash ? 1 : 0);
    const std::size_t end = std::min(path.find('/', name), path.size());
    const std::string_view segment = path.substr(name, end - name);
    const bool last = end == path.size();
    if (segment == "." || segment == "..") {
      if (slash && segment == "..") drop_segment();
      // What follows keeps its slash, except at the front of a path without one (steps A and D).
      if (last && slash) out.push_back('/');
      at = !slash && !last ? end + 1 : end;
      continue;
    }
    out.append(path, at, end - at);
    at = end;
  }
}

// Where a run of characters that `allowed` knows, percent-encodings and code points that `wide`
// knows ends.
template <class Wide>
std::size_t skip_chars(std::string_view iri, std::size_t at, std::string_view more, Wide&& wide) {
  while (at < iri.size()) {
    const char c = iri[at];
    if (c == '%') {
      const bool hex =
          at + 2 < iri.size() && has_class(iri[at + 1], kHex) && has_class(iri[at + 2], kHex);
      if (!hex) return at;
      at += 3;
    } else if (static_cast<unsigned char>(c) < 0x80) {
      if (!has_class(c, kIpChar) && more.find(c) == std::string_view::npos) return at;
      ++at;
    } else {
      const CodePoint point = decode_utf8(iri.substr(at));
      if (point.size == 0 || !wide(point.value)) return at;
      at += point.size;
    }
  }
  return at;
}

// IP-literal of RFC 3986 at `at`, which holds '['; the offset behind ']', or kIriValid when it is
// none.
std::size_t skip_ip_literal(std::string_view iri, std::size_t at) {
  const std::size_t close = iri.find(']', at);
  if (close == std::string_view::npos) return kIriValid;
  const std::string_view inside = iri.substr(at + 1, close - at - 1);
  const bool future = inside.starts_with('v') || inside.starts_with('V');
  const bool fine = std::ranges::all_of(inside, [future](char c) {
    return future ? has_class(c, kIpChar) && c != '@' : has_class(c, kHex) || c == ':' || c == '.';
  });
  return fine && inside.size() >= 2 ? close + 1 : kIriValid;
}

// iauthority of RFC 3987 in [at, end): the offset of the fault or kIriValid.
std::size_t find_authority_fault(std::string_view iri, std::size_t at, std::size_t end) {
  const std::string_view whole = iri.substr(0, end);
  const std::size_t user = whole.find('@', at);
  if (user != std::string_view::npos) {
    const std::size_t stop = skip_chars(whole.substr(0, user), at, "", is_ucschar);
    if (stop < user) return stop;
    at = user + 1;
  }
  if (at < end && whole[at] == '[') {
    const std::size_t after = skip_ip_literal(whole, at);
    if (after == kIriValid) return at;
    at = after;
  } else {
    const std::size_t host_end = std::min(whole.find(':', at), end);
    const std::size_t stop = skip_chars(whole.substr(0, host_end), at, "", is_ucschar);
    if (stop < host_end) return stop;
    const std::size_t sign = whole.substr(at, host_end - at).find('@');
    if (sign != std::string_view::npos) return at + sign;
    at = host_end;
  }
  if (at == end) return kIriValid;
  if (whole[at] != ':') return at;
  const auto port = std::find_if_not(iri.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                                     iri.begin() + static_cast<std::ptrdiff_t>(end),
                                     [](char c) { return has_class(c, kDigit); });
  const auto stop = static_cast<std::size_t>(port - iri.begin());
  return stop < end ? stop : kIriValid;
}

}  // namespace

std::size_t find_iriref_fault(std::string_view text) {
  const auto bad = std::ranges::find_if(text, [](char c) { return has_class(c, kIriStop); });
  return bad == text.end() ? kIriValid : static_cast<std::size_t>(bad - text.begin());
}

std::size_t scheme_size(std::string_view text) {
  if (text.empty() || !has_class(text[0], kLetter)) return 0;
  std::size_t at = 1;
  while (at < text.size() && has_class(text[at], kSchemeChar)) ++at;
  return at < text.size() && text[at] == ':' ? at + 1 : 0;
}

std::size_t find_iri_fault(std::string_view iri) {
  std::size_t at = scheme_size(iri);
  if (at == 0) return 0;
  if (iri.substr(at).starts_with("//")) {
    const std::size_t end = std::min(iri.find_first_of("/?#", at + 2), iri.size());
    const std::size_t fault = find_authority_fault(iri, at + 2, end);
    if (fault != kIriValid) return fault;
    at = end;
  }
  at = skip_chars(iri, at, "/", is_ucschar);
  if (at < iri.size() && iri[at] == '?') {
    at = skip_chars(iri, at + 1, "/?", [](char32_t c) { return is_ucschar(c) || is_iprivate(c); });
  }
  if (at < iri.size() && iri[at] == '#') at = skip_chars(iri, at + 1, "/?", is_ucschar);
  return at == iri.size() ? kIriValid : at;
}

IriParts split_iri(std::string_view reference) {
  IriParts parts;
  if (const std::size_t scheme = scheme_size(reference); scheme != 0) {
    parts.scheme = reference.substr(0, scheme - 1);
    parts.has_scheme = true;
    reference.remove_prefix(scheme);
  }
  if (const std::size_t hash = reference.find('#'); hash != std::string_view::npos) {
    parts.fragment = reference.substr(hash + 1);
    parts.has_fragment = true;
    reference = reference.substr(0, hash);
  }
  if (const std::size_t mark = reference.find('?'); mark != std::string_view::npos) {
    parts.query = reference.substr(mark + 1);
    parts.has_query = true;
    reference = reference.substr(0, mark);
  }
  if (reference.starts_with("//")) {
    const std::size_t end = std::min(reference.find('/', 2), reference.size());
    parts.authority = reference.substr(2, end - 2);
    parts.has_authority = true;
    reference.remove_prefix(end);
  }
  parts.path = reference;
  return parts;
}

// RFC 3986, 5.2.2 and 5.3.
void IriBase::resolve(std::string_view reference, std::string& out) const {
  if (is_absolute_reference(reference)) {
    out.append(reference);
    return;
  }
  const IriParts base = split_iri(text_);
  const IriParts ref = split_iri(reference);
  out.append(base.scheme).push_back(':');
  const bool own_authority = ref.has_authority;
  if (own_authority || base.has_authority) {
    out.append("//").append(own_authority ? ref.authority : base.authority);
  }
  bool has_query = ref.has_query;
  std::string_view query = ref.query;
  if (own_authority || ref.path.starts_with('/')) {
    append_without_dot_segments(ref.path, out);
  } else if (ref.path.empty()) {
    out.append(base.path);
    if (!has_query) {
      has_query = base.has_query;
      query = base.query;
    }
  } else {
    const std::size_t slash = base.path.rfind('/');
    std::string merged(slash == std::string_view::npos ? std::string_view{}
                                                       : base.path.substr(0, slash + 1));
    if (base.has_authority && base.path.empty()) merged.assign(1, '/');
    append_without_dot_segments(merged.append(ref.path), out);
  }
  if (has_query) out.append(1, '?').append(query);
  if (ref.has_fragment) out.append(1, '#').append(ref.fragment);
}

}  // namespace dossier
