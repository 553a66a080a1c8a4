#include "cli/local_documents.hpp"

#include <fmt/format.h>

#include "base/codes/files.hpp"
#include "base/input.hpp"
#include "base/text.hpp"
#include "cli/paths.hpp"

namespace dossier {
namespace {

Expected<std::string> load_inside(const std::string& path, const Settings& settings) {
  if (Expected<void> inside = check_inside(path, settings.root, {path}); !inside)
    return std::unexpected(inside.error());
  return load_file(path, settings.limits.max_literal_bytes, settings.limits);
}

}  // namespace

LoadDocument local_documents(const Settings& settings) {
  return [settings](const std::string& address) -> Expected<std::string> {
    const auto copy = settings.copies.find(address);
    if (copy != settings.copies.end()) return load_inside(copy->second, settings);
    return fail(code::network_refused, {}, fmt::format("{} is on the network", printable(address)),
                "save the document and say where: --copy ADDRESS=FILE");
  };
}

Expected<std::shared_ptr<const JsonLdContext>> load_context(const std::string& named,
                                                            const Settings& settings) {
  JsonLdContext context;
  context.load = local_documents(settings);
  context.name = named;
  const bool is_address = named.find("://") != std::string::npos;
  if (is_address) context.address = named;
  Expected<std::string> text = is_address ? context.load(named) : load_inside(named, settings);
  if (!text) return std::unexpected(std::move(text.error()));
  context.text = std::move(*text);
  return std::make_shared<const JsonLdContext>(std::move(context));
}

}  // namespace dossier
