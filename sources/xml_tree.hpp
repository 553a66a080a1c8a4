// What pugixml does not know of XML, put right on its tree: namespaces (its XPath compares names as
// they are written) and text (it keeps CDATA sections apart).
#pragma once

#include <map>
#include <string>

#include <pugixml.hpp>

namespace dossier {

// Renames elements and attributes so that a name has the prefix that `prefixes` gives its
// namespace; one without such a prefix keeps the one of the document, and gets a prefix that no
// XPath can write where that is needed to tell it from names without a namespace. Takes the
// declarations away.
void settle_namespaces(pugi::xml_document& document,
                       const std::map<std::string, std::string>& prefixes);

// Joins neighbouring texts and CDATA sections into one text.
void join_texts(pugi::xml_document& document);

}  // namespace dossier
