// Makes the data that RDF readers and writers are measured on: rdf_data OPTIONS > FILE
//   --statements N   about how many (default 5,000,000)
//   --order sorted|shuffled   of the lines (default sorted, by their bytes)
//   --quads          N-Quads in about 10,000 named graphs instead of N-Triples
//   --seed N         (default 1)
// Companies with labels in several languages, dates, sums and links, and for each a statement node
// that says who owns it, since when, on whose word. About 11 statements a subject, 120 bytes a
// statement, one new term for every two statements. The same options give the same bytes anywhere.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace {

// SplitMix64: the same numbers on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E37'79B9'7F4A'7C15u);
    z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9u;
    z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBu;
    return z ^ (z >> 31);
  }
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

 private:
  std::uint64_t state_;
};

constexpr std::string_view kWords[] = {
    "network", "Straße",  "données", "технологии", "科技",   "holding", "state",      "registered",
    "owner",   "capital", "مؤسسة",   "branch",     "annual", "report",  "Österreich", "über"};
constexpr std::string_view kLanguages[] = {"en", "de", "fr", "zh-Hans", "ru", "ar", "pt-BR", "ja"};
constexpr std::string_view kEscapes[] = {"\\n", "\\\"quoted\\\"", "\\\\", "\\t"};
constexpr std::string_view kClasses[] = {"Company", "App", "Agency", "Platform", "Fund"};

constexpr std::string_view kEntity = "http://data.example.org/entity/Q";
constexpr std::string_view kStatement = "http://data.example.org/statement/S";
constexpr std::string_view kSchema = "http://data.example.org/schema#";
constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";

constexpr std::uint64_t kStatementsOfACompany = 23;  // with its statement node

struct Options {
  std::uint64_t statements = 5'000'000;
  std::uint64_t seed = 1;
  bool shuffled = false;
  bool quads = false;
};

class Data {
 public:
  explicit Data(const Options& options)
      : options_(options),
        random_(options.seed),
        entities_(options.statements / kStatementsOfACompany) {
    text_.reserve(options.statements * (options.quads ? 170 : 135));
  }

  void make() {
    for (std::uint64_t i = 0; i < entities_; ++i) entity(i);
    for (std::uint64_t i = 0; i < entities_; ++i) statement_node(i);
  }
  void shuffle() {
    for (std::size_t i = lines_.size(); i > 1; --i) {
      std::swap(lines_[i - 1], lines_[random_.below(i)]);
    }
  }
  void write() const {
    std::string out;
    for (const Line& line : lines_) {
      out.append(text_, line.at, line.size);
      if (out.size() < std::size_t{1} << 20) continue;
      std::fwrite(out.data(), 1, out.size(), stdout);
      out.clear();
    }
    std::fwrite(out.data(), 1, out.size(), stdout);
  }

 private:
  struct Line {
    std::uint64_t at;
    std::uint64_t size;
  };

  std::string words(std::size_t count, bool escapes) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out += ' ';
      out += kWords[random_.below(std::size(kWords))];
    }
    if (escapes && random_.below(8) == 0) out += kEscapes[random_.below(std::size(kEscapes))];
    return out;
  }
  std::string typed(const std::string& lexical, std::string_view type) {
    return fmt::format("\"{}\"^^<{}{}>", lexical, kXsd, type);
  }
  std::string date() {
    return typed(fmt::format("{:04}-{:02}-{:02}", 1900 + random_.below(125), 1 + random_.below(12),
                             1 + random_.below(28)),
                 "date");
  }
  std::string entity_iri(std::uint64_t i) { return fmt::format("<{}{:08}>", kEntity, i); }
  std::string schema(std::string_view name) { return fmt::format("<{}{}>", kSchema, name); }

  void entity(std::uint64_t i) {
    subject_ = entity_iri(i);
    add("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
        schema(kClasses[random_.below(std::size(kClasses))]));
    for (std::size_t n = 0; n < 3; ++n) {
      add("<http://www.w3.org/2000/01/rdf-schema#label>",
          fmt::format("\"{} {}\"@{}", words(2, true), i,
                      kLanguages[(i + n) % std::size(kLanguages)]));
    }
    add(schema("description"),
        fmt::format("\"{} {:x}\"", words(4 + random_.below(8), true), random_.next()));
    add(schema("founded"), date());
    add(schema("capital"),
        typed(fmt::format("{}.{:02}", random_.below(100'000'000), random_.below(100)), "decimal"));
    add(schema("employees"), typed(fmt::format("{}", random_.below(200'000)), "integer"));
    add(schema("country"), fmt::format("<http://data.example.org/country/{}>", random_.below(200)));
    for (std::size_t n = 0; n < 3; ++n) {
      add(schema("partner"), entity_iri(random_.below(entities_)));
    }
    add(schema("page"), fmt::format("<https://www.example.com/companies/{}/{:x}>",
                                    random_.below(1000), random_.next()));
    end_subject(i);
  }

  void statement_node(std::uint64_t i) {
    subject_ = fmt::format("<{}{:08}>", kStatement, i);
    add("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", schema("Ownership"));
    add(schema("owner"), entity_iri(random_.below(entities_)));
    add(schema("owned"), entity_iri(i));
    add(schema("share"),
        typed(fmt::format("{}.{}", random_.below(100), random_.below(10)), "decimal"));
    add(schema("since"), date());
    add(schema("source"), fmt::format("<https://news.example.net/{:04}/{:x}>",
                                      2000 + random_.below(25), random_.next()));
    add(schema("quote"), fmt::format("\"{} {:x}\"@en", words(4, true), random_.next()));
    add(schema("assertedBy"), fmt::format("_:b{}", random_.below(entities_)));
    add(schema("confidence"), typed(fmt::format("0.{}", random_.below(1000)), "decimal"));
    add(schema("note"), fmt::format("\"{} {:x}\"", words(3, true), random_.next()));
    end_subject(i);
  }

  void add(std::string_view predicate, const std::string& object) {
    rest_.push_back(fmt::format("{} {}", predicate, object));
  }
  void end_subject(std::uint64_t i) {
    std::ranges::sort(rest_);
    const std::string end = options_.quads
                                ? fmt::format(" <http://data.example.org/graph/{}> .\n",
                                              i * 10'000 / std::max<std::uint64_t>(entities_, 1))
                                : std::string(" .\n");
    for (const std::string& each : rest_) {
      const std::size_t at = text_.size();
      text_.append(subject_).append(" ").append(each).append(end);
      lines_.push_back({at, text_.size() - at});
    }
    rest_.clear();
  }

  const Options& options_;
  Random random_;
  std::uint64_t entities_;
  std::string subject_;
  std::vector<std::string> rest_;
  std::string text_;
  std::vector<Line> lines_;
};

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    const char* value = i + 1 < argc ? argv[i + 1] : "";
    if (name == "--quads") {
      options.quads = true;
      continue;
    }
    ++i;
    if (name == "--statements") {
      options.statements = std::strtoull(value, nullptr, 10);
    } else if (name == "--seed") {
      options.seed = std::strtoull(value, nullptr, 10);
    } else if (name == "--order") {
      options.shuffled = std::string_view(value) == "shuffled";
    } else {
      fmt::print(stderr,
                 "rdf_data [--statements N] [--order sorted|shuffled] [--quads] [--seed N]\n");
      return 64;
    }
  }
  Data data(options);
  data.make();
  if (options.shuffled) data.shuffle();
  data.write();
  return 0;
}
