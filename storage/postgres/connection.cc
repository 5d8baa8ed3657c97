#include "storage/postgres/connection.h"

#include <arpa/inet.h>
#include <endian.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "storage/blobs/master_keys.h"
#include "storage/unreadable.h"

namespace kalends::storage {
namespace {

// Of pg_type; libpq has no header for them that programs may use.
constexpr Oid kBool = 16;
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kNoType = 0;

constexpr int kBinary = 1;
// Reached only if somebody makes statements up at run time; then all start anew.
constexpr std::size_t kStatementsMax = 1000;

// Values in the form in which they are sent.
class Parameters {
 public:
  explicit Parameters(std::span<const Value> values) : numbers_(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) Add(values[i], numbers_[i]);
  }

  int count() const { return static_cast<int>(types_.size()); }
  std::span<const Oid> types() const { return types_; }
  const char* const* bytes() const { return bytes_.data(); }
  const int* sizes() const { return sizes_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void Add(const Value& value, std::int64_t& number) {
    if (const auto* given = std::get_if<std::int64_t>(&value)) {
      number = static_cast<std::int64_t>(htobe64(static_cast<std::uint64_t>(*given)));
      Add(kInt8, {reinterpret_cast<const char*>(&number), sizeof(number)});
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      Add(kText, *text);
    } else if (const auto* blob = std::get_if<Blob>(&value)) {
      Add(kBytea, blob->bytes);
    } else {
      Add(kNoType, {});
      bytes_.back() = nullptr;
    }
  }

  void Add(Oid type, std::string_view bytes) {
    types_.push_back(type);
    // A null pointer would be NULL in place of nothing.
    bytes_.push_back(bytes.empty() ? "" : bytes.data());
    sizes_.push_back(static_cast<int>(bytes.size()));
    formats_.push_back(kBinary);
  }

  std::vector<std::int64_t> numbers_;  // As they are sent; never grows, for they are pointed at.
  std::vector<Oid> types_;
  std::vector<const char*> bytes_;
  std::vector<int> sizes_;
  std::vector<int> formats_;
};

class ResultRow final : public Row {
 public:
  ResultRow(PostgresConnection& connection, const PGresult& result)
      : connection_(connection), result_(result) {}

  void MoveTo(int row) { row_ = row; }

  bool IsNull(int column) const override { return PQgetisnull(&result_, row_, column) != 0; }

  std::int64_t Int(int column) const override {
    const std::string_view bytes = View(column);
    switch (IsNull(column) ? kNoType : PQftype(&result_, column)) {
      case kInt8: {
        std::uint64_t number = 0;
        std::memcpy(&number, bytes.data(), sizeof(number));
        return static_cast<std::int64_t>(be64toh(number));
      }
      case kInt4: {
        std::uint32_t number = 0;
        std::memcpy(&number, bytes.data(), sizeof(number));
        return static_cast<std::int32_t>(ntohl(number));
      }
      case kBool:
        return bytes.front() != 0 ? 1 : 0;
      default:
        Refuse(column, "it is no number");
    }
  }

  std::string Text(int column) const override {
    if (!IsSound(column)) Refuse(column, "it is no text in UTF-8");
    return std::string(View(column));
  }

  std::string Bytes(int column) const override { return std::string(View(column)); }

  bool IsSound(int column) const override {
    const Oid type = PQftype(&result_, column);
    if (IsNull(column) || (type != kText && type != kBytea)) return false;
    return type == kBytea || core::IsUtf8(View(column));
  }

  void NoteDamage(int column, std::string_view why) const override {
    if (!connection_.has_keys()) return;
    keys().damage().Note(connection_.NameOfColumn(result_, column), why);
  }

  const MasterKeys& keys() const override { return connection_.keys(); }

 private:
  std::string_view View(int column) const {
    return {PQgetvalue(&result_, row_, column),
            static_cast<std::size_t>(PQgetlength(&result_, row_, column))};
  }

  PostgresConnection& connection_;
  const PGresult& result_;
  int row_ = 0;
};

// Without the line end that libpq puts after it.
std::string MessageOf(const PGconn* connection) {
  std::string message = PQerrorMessage(connection);
  while (!message.empty() && message.back() == '\n') message.pop_back();
  return message;
}

}  // namespace

PostgresConnection::PostgresConnection(const std::string& address)
    : connection_(PQconnectdb(address.c_str())) {
  if (connection_ == nullptr || !IsAlive()) {
    throw PostgresFailure(MessageOf(connection_.get()), "");
  }
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char* notice) { spdlog::debug("{}", notice); }, nullptr);
}

PostgresConnection::~PostgresConnection() = default;

PostgresConnection::Result PostgresConnection::Checked(PGresult* answer) const {
  Result result(answer);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return result;
  Fail(result.get());
}

void PostgresConnection::Fail(const PGresult* result) const {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  // Its details would name values.
  throw PostgresFailure(primary == nullptr ? MessageOf(connection_.get()) : std::string(primary),
                        state == nullptr ? "" : state);
}

const std::string& PostgresConnection::Prepared(std::string_view sql, std::span<const Oid> types) {
  std::string key(sql);
  key.append(reinterpret_cast<const char*>(types.data()), types.size_bytes());
  const auto found = statements_.find(key);
  if (found != statements_.end()) return found->second;
  if (statements_.size() >= kStatementsMax) {
    Checked(PQexec(connection_.get(), "DEALLOCATE ALL"));
    statements_.clear();
  }
  std::string name = fmt::format("s{}", statements_.size());
  Checked(PQprepare(connection_.get(), name.c_str(), std::string(sql).c_str(),
                    static_cast<int>(types.size()), types.data()));
  return statements_.emplace(std::move(key), std::move(name)).first->second;
}

PostgresConnection::Result PostgresConnection::Perform(std::string_view sql,
                                                       std::span<const Value> values) {
  const Parameters parameters(values);
  const std::string& name = Prepared(sql, parameters.types());
  return Checked(PQexecPrepared(connection_.get(), name.c_str(), parameters.count(),
                                parameters.bytes(), parameters.sizes(), parameters.formats(),
                                kBinary));
}

std::int64_t PostgresConnection::Execute(std::string_view sql, std::span<const Value> values) {
  const Result result = Perform(sql, values);
  const std::string_view changed = PQcmdTuples(result.get());
  return changed.empty() ? 0 : std::stoll(std::string(changed));
}

void PostgresConnection::Query(std::string_view sql, std::span<const Value> values,
                               const std::function<void(const Row&)>& each) {
  const Result result = Perform(sql, values);
  ResultRow row(*this, *result);
  for (int i = 0; i < PQntuples(result.get()); ++i) {
    row.MoveTo(i);
    each(row);
  }
}

void PostgresConnection::Run(const std::string& sql) {
  Checked(PQexec(connection_.get(), sql.c_str()));
}

void PostgresConnection::CopyIn(const std::string& sql, std::string_view bytes) {
  {
    const Result begun(PQexec(connection_.get(), sql.c_str()));
    if (PQresultStatus(begun.get()) != PGRES_COPY_IN) Fail(begun.get());
  }
  if (PQputCopyData(connection_.get(), bytes.data(), static_cast<int>(bytes.size())) != 1 ||
      PQputCopyEnd(connection_.get(), nullptr) != 1) {
    throw PostgresFailure(MessageOf(connection_.get()), "");
  }
  // The answer, and then the end of the answers.
  const Result result(PQgetResult(connection_.get()));
  while (const Result more{PQgetResult(connection_.get())}) {
  }
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) Fail(result.get());
}

bool PostgresConnection::InTransaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

void PostgresConnection::Rollback() {
  if (InTransaction()) Run("ROLLBACK");
}

std::string PostgresConnection::NameOfColumn(const PGresult& result, int column) {
  const Oid table = PQftable(&result, column);
  const char* name = PQfname(&result, column);
  if (table == InvalidOid) return name;
  std::string of = "?";
  Query("SELECT relname::text FROM pg_class WHERE oid = $1::bigint::oid",
        std::initializer_list<Value>{Value(std::int64_t{table})},
        [&](const Row& row) { of = row.Text(0); });
  return fmt::format("{}.{}", of, name);
}

absl::Status StatusOfPostgres(const std::exception& thrown) {
  // The log has named it.
  if (dynamic_cast<const UnreadableRow*>(&thrown) != nullptr) {
    return core::Error(core::Reason::kUnreadable);
  }
  const auto* failure = dynamic_cast<const PostgresFailure*>(&thrown);
  const std::string state = failure == nullptr ? "" : failure->sqlstate();
  if (state == "53100") {  // disk_full
    return core::Error(core::Reason::kStorageFull, "The disk is full; nothing was saved.");
  }
  // What another try, here or at another server, may well do: the connection broke or could not be
  // made, resources are short, the server stops, starts, or is no longer the one that writes.
  static constexpr std::array kAgain = {"08", "40", "53", "55", "57"};
  const bool again = failure != nullptr &&
                     (state.empty() || state == "25006" ||  // read_only_sql_transaction
                      std::any_of(kAgain.begin(), kAgain.end(),
                                  [&](std::string_view of) { return state.starts_with(of); }));
  if (again) {
    spdlog::warn("A transaction failed, and can be tried again: {} ({}).", thrown.what(), state);
    return core::Error(core::Reason::kBusy);
  }
  spdlog::error("A transaction failed: {} ({}).", thrown.what(), state);
  return core::Error(core::Reason::kInternal);
}

}  // namespace kalends::storage
