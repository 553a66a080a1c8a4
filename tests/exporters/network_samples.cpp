#include "tests/exporters/network_samples.hpp"

#include <cstdio>
#include <cstdlib>
#include <random>

namespace dossier {
namespace {

NetworkSample finish(TinyGraph& tiny) {
  NetworkSample sample{tiny.freeze(), {}};
  sample.schema = ban_schema(sample.graph);
  return sample;
}

}  // namespace

NetworkSample bans_sample() {
  TinyGraph g;
  const auto thing = [&](const char* name, const char* cls, const char* label) {
    g.add(name, "a", cls, "", "things.csv").add(name, "name", label, "", "things.csv");
  };
  thing("commerce", "GovernmentBody", "\"US Department of Commerce@en");
  thing("wechat", "App", "\"WeChat");
  thing("tiktok", "App", "\"TikTok");
  thing("tencent", "Company", "\"Tencent");
  thing("bytedance", "Company", "\"ByteDance");
  thing("oracle", "Company", "\"Oracle");
  thing("court", "Court", "\"D.D.C.");
  g.add("wechat", "users", "\"1000000000^^integer").add("tiktok", "users", "\"800000000^^integer");
  g.add("wechat", "alias", "\"Weixin").add("wechat", "alias", "\"微信@zh");
  g.add("tencent", "owns", "wechat", "", "owners.csv");
  g.add("bytedance", "owns", "tiktok", "", "owners.csv");
  const auto ban = [&](const char* name, const char* target, const char* start, const char* scope) {
    g.add(name, "a", "Ban", "", "bans.csv").add(name, "authority", "commerce", "", "bans.csv");
    g.add(name, "target", target, "", "bans.csv").add(name, "start", start, "", "bans.csv");
    g.add(name, "scope", scope, "", "bans.csv").add(name, "source", "articleA");
  };
  ban("ban1", "wechat", "\"2020-09-20^^date", "\"new downloads, updates & transfers");
  ban("ban2", "tiktok", "\"2020-09-20^^date", "\"new downloads and updates");
  ban("ban3", "tiktok", "\"2020-11-12^^date", "\"full use");
  g.add("ban2", "end", "\"2020-11^^gYearMonth").add("ban3", "end", "\"2021-06-09^^date");
  g.add("commerce", "bans", "tiktok", "", "inferred");
  g.add("s1", "a", "Suspension").add("s1", "court", "court").add("s1", "measure", "ban2");
  g.add("s1", "date", "\"2020-09-27^^date");
  g.add("p1", "a", "Partnership").add("p1", "partner", "tiktok").add("p1", "counterpart", "oracle");
  g.add("p1", "role", "\"technology partner", "", "partners.csv");
  g.add("p1", "checked", "\"1^^boolean");
  return finish(g);
}

NetworkSample hostile_sample() {
  TinyGraph g;
  const std::string controls("a\0b\x01\x08\x0B\x1F\x7F", 9);
  g.add("n1", "a", "Thing<&>\"'").add_text("n1", "name", "<script>alert(1)</script> ]]> & \"'");
  g.add_text("n2", "name", controls).add_text("n3", "name", "\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD");
  g.add_text("n4", "name", "\xED\xA0\x80 \xFF \xC3");  // no UTF-8
  g.add_text("n5", "name", " two\tlines\r\nand a  blank ");
  g.add_text("n6", "name", "")
      .add_text("n7", "name", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \xE2\x80\xAE rtl ‏");
  g.add("http://e/?q=<a b>&c='d'", "a", "Thing");
  // Names: all become "na_me" or the like, or mean something to a reader.
  for (const char* p :
       {"x/na me", "x/na?me", "x/NA_ME", "y/na_me", "z/na_me", "q/#",    "имя",
        "名前",    "label",   "size",    "color",   "x",       "id",     "ID",
        "self",    "iri",     "type",    "class",   "kind",    "weight", "источник<"}) {
    g.add_text("n1", p, std::string("value of ") + p);
  }
  g.add("n1", "x/weight", "\"heavy").add("n1", "size", "\"5^^integer");
  // Values: what the datatype promises and the text does not keep.
  g.add("n1", "liar", "\"notanumber^^integer").add("n2", "liar", "\"5^^integer");
  g.add("n1", "digits", "\"007").add("n2", "digits", "\"42");
  g.add("n1", "big", "\"9223372036854775807^^integer").add("n2", "big", "\"-1^^long");
  g.add("n1", "huge", "\"9223372036854775808^^integer").add("n2", "huge", "\"1^^integer");
  g.add("n1", "flag", "\"1^^boolean").add("n2", "flag", "\"false^^boolean");
  g.add("n1", "mixed", "\"true^^boolean").add("n2", "mixed", "\"1^^integer");
  g.add("n1", "real", "\"1.5^^decimal").add("n2", "real", "\"2^^integer");
  g.add("n3", "real", "\"1E3^^double").add("n4", "real", "\"NaN^^double");
  g.add("n1", "infinite", "\"INF^^double").add("n2", "infinite", "\"1.0^^double");
  g.add("n1", "single", "\"1.25^^float").add("n1", "day", "\"2020-01-01^^date");
  g.add("n2", "day", "\"2020^^gYear").add("n1", "page", "\"http://x/?a&b^^anyURI");
  for (const char* v : {"\"a | b", "\"c\\", "\"", "\"d, \"e\" [f]", "\"null", "\"' "}) {
    g.add("n1", "many", v);
  }
  g.add("n2", "many", "\"x|y").add("n3", "many", "\"plain");
  // Edges: loops, parallels, kinds of one name, a link between blank nodes.
  g.add("n1", "knows", "n1").add("n1", "knows", "n2").add("n1", "x/knows", "n2");
  g.add("n2", "k<&>\"", "_:b<1").add("_:b<1", "knows", "http://e/?q=<a b>&c='d'");
  g.add("_:l", "a", "Ban").add("_:l", "authority", "_:b<1").add("_:l", "target", "n1");
  g.add_text("_:l", "start", "not a date").add_text("_:l", "label", "]]>\x02");
  g.add("_:l", "x/start", "\"5^^integer").add("_:l", "basis", "http://e/?q=<a b>&c='d'");
  g.add("_:l", "basis", "_:b<1").add_text("_:l", "source", "who says so");
  g.add("l2", "a", "Ban").add("l2", "authority", "n1").add("l2", "target", "n2");
  g.add("l2", "start", "\"2021-01-01^^date").add("l2", "end", "\"2020-01-01^^date");
  g.add("l3", "a", "Ban").add("l3", "authority", "n1");  // dangling
  return finish(g);
}

NetworkSample random_sample(unsigned seed, std::size_t entities, std::size_t links) {
  std::mt19937 random(seed);
  const auto entity = [&] { return "n" + std::to_string(random() % entities); };
  constexpr const char* kTypes[] = {"integer", "int",    "decimal", "double", "float",
                                    "boolean", "string", "date",    "long",   "unsignedByte"};
  constexpr const char* kTexts[] = {"0",    "1",     "-5",  "+7",    "300",         "2.50",
                                    "1e-3", "NaN",   "INF", "true",  "2020-02-29",  "",
                                    " 1",   "x | y", "\\|", "a&<b>", "12345678901", "007"};
  const auto literal = [&] {
    // Some properties keep to a few well-formed values, so that every type occurs.
    return std::string("\"") + kTexts[random() % std::size(kTexts)] + "^^" +
           kTypes[random() % std::size(kTypes)];
  };
  constexpr const char* kTame[] = {"\"1^^integer", "\"70000000000^^integer", "\"true^^boolean",
                                   "\"1.5^^float", "\"2.5^^decimal",         "\"text"};
  TinyGraph g;
  for (std::size_t i = 0; i < entities; ++i) {
    const std::string name = "n" + std::to_string(i);
    const std::string source = "file" + std::to_string(i % 3);
    if (random() % 8 != 0) g.add(name, "a", "C" + std::to_string(random() % 5), "", source);
    if (random() % 3 != 0) g.add(name, "name", "\"Name " + std::to_string(i), "", source);
    for (std::size_t p = 0; p < std::size(kTame); ++p) {
      if (random() % 3 == 0) g.add(name, "tame" + std::to_string(p), kTame[p]);
    }
    for (int v = 0; v < 3; ++v) g.add(name, "wild" + std::to_string(random() % 8), literal());
    if (random() % 2 == 0) g.add(name, "knows", entity(), "", source);
  }
  for (std::size_t i = 0; i < links; ++i) {
    const std::string name = "l" + std::to_string(i);
    const bool ban = random() % 3 != 0;
    const std::string source = "links" + std::to_string(i % 2);
    g.add(name, "a", ban ? "Ban" : "Partnership", "", source);
    if (random() % 10 != 0) g.add(name, ban ? "authority" : "partner", entity(), "", source);
    if (random() % 10 != 0) g.add(name, ban ? "target" : "counterpart", entity(), "", source);
    if (random() % 2 == 0) {
      g.add(name, "start", "\"20" + std::to_string(10 + random() % 10) + "-03-01^^date");
    }
    if (random() % 2 == 0)
      g.add(name, "end", "\"20" + std::to_string(15 + random() % 10) + "^^gYear");
    if (random() % 2 == 0) g.add(name, "wild" + std::to_string(random() % 8), literal());
    if (random() % 3 == 0) g.add(name, "basis", entity());
    if (random() % 4 == 0) g.add(entity(), "bans", entity());
  }
  return finish(g);
}

NetworkSample network_sample(const std::string& name) {
  if (name == "bans") return bans_sample();
  if (name == "hostile") return hostile_sample();
  unsigned seed = 0;
  std::size_t entities = 0;
  std::size_t links = 0;
  if (std::sscanf(name.c_str(), "random:%u:%zu:%zu", &seed, &entities, &links) != 3) std::abort();
  return random_sample(seed, entities, links);
}

}  // namespace dossier
