#include "sources/row_reader.hpp"

namespace dossier {
namespace {

constexpr std::size_t kRowHeadBytes = 5;

struct RowHead {
  ValueType type = ValueType::absent;
  std::uint32_t size = 0;
};

RowHead read_head(const char*& at) {
  RowHead head;
  head.type = static_cast<ValueType>(*at);
  std::memcpy(&head.size, at + 1, sizeof head.size);
  at += kRowHeadBytes;
  return head;
}

Value read_value(const char*& at, const RowHead& head) {
  const Value value = Value::of({at, head.size}, head.type);
  at += head.size;
  return value;
}

Value read_list(const char*& at, std::uint32_t count, Arena& arena) {
  const std::size_t bytes = count * sizeof(Value);
  auto* const items = reinterpret_cast<Value*>(arena.allocate_aligned(bytes));
  for (std::uint32_t i = 0; i < count; ++i) {
    const RowHead head = read_head(at);
    new (items + i) Value(read_value(at, head));
  }
  Value list;
  list.items = items;
  list.size = count;
  list.type = ValueType::list;
  return list;
}

class RowReader final : public RecordReader {
 public:
  RowReader(std::unique_ptr<RowSource> source, std::string name, std::size_t slots,
            std::size_t block_bytes)
      : RecordReader(std::move(name)),
        source_(std::move(source)),
        slots_(slots),
        block_bytes_(block_bytes) {}

  Expected<std::optional<RecordBlock>> next() override {
    if (ended_) return std::nullopt;
    RecordBlock block;
    block.offset = next_number_;
    block.first_record = rows_;
    block.first_line = 0;
    RowWriter row(block);
    while (block.bytes.size() < block_bytes_) {
      std::uint64_t number = 0;
      const auto more = source_->next_row(row, number);
      if (!more) return std::unexpected(more.error());
      if (!*more) {
        ended_ = true;
        break;
      }
      block.record_offsets.push_back(number);
      next_number_ = number + 1;
      ++rows_;
      // Rows without a wanted value still take room, so that a block has an end.
      if (slots_ == 0) block.bytes.push_back('\0');
    }
    block.last = ended_;
    return block;
  }

  Expected<RecordCounts> parse(RecordBlock block, RecordBatch& out,
                               DiagnosticSink& diagnostics) const override {
    for (const Diagnostic& each : block.notices) diagnostics.report(each);
    out.slots = slots_;
    out.values.clear();
    out.arena = Arena();
    out.offsets = block.record_offsets;
    out.block = std::move(block);
    const char* at = out.block.bytes.data();
    for (std::size_t i = 0; i < out.offsets.size() * slots_; ++i) {
      const RowHead head = read_head(at);
      out.values.push_back(head.type == ValueType::list ? read_list(at, head.size, out.arena)
                                                        : read_value(at, head));
    }
    RecordCounts counts;
    counts.read = out.offsets.size();
    return counts;
  }

  std::span<const std::string> columns() const override { return source_->columns(); }

 private:
  std::unique_ptr<RowSource> source_;
  std::size_t slots_;
  std::size_t block_bytes_;
  std::uint64_t rows_ = 0;
  std::uint64_t next_number_ = 0;
  bool ended_ = false;
};

}  // namespace

char* RowWriter::add_head(ValueType type, std::size_t bytes) {
  const std::size_t at = bytes_.size();
  const std::size_t follows = type == ValueType::list ? 0 : bytes;
  bytes_.resize(at + kRowHeadBytes + follows);
  bytes_[at] = static_cast<char>(type);
  const auto size = static_cast<std::uint32_t>(bytes);
  std::memcpy(bytes_.data() + at + 1, &size, sizeof size);
  return bytes_.data() + at + kRowHeadBytes;
}

void RowWriter::begin_list(std::size_t count) {
  add_head(ValueType::list, count);
}

std::unique_ptr<RecordReader> read_rows(std::unique_ptr<RowSource> source, std::string name,
                                        std::size_t slots, std::size_t block_bytes) {
  return std::make_unique<RowReader>(std::move(source), std::move(name), slots, block_bytes);
}

}  // namespace dossier
