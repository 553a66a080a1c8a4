// Placeholders in messages of shapes: {?value}, {$this}, {$minCount} (SHACL 1.0, section 5.3.2).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

// `message` with what stands for each name; a placeholder of which nothing is known stays as it is.
std::string fill_message(
    std::string_view message,
    const std::function<std::optional<std::string>(std::string_view name)>& value_of);

}  // namespace dossier
