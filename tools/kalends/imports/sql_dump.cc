#include "tools/kalends/imports/sql_dump.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "core/base/status_macros.h"

namespace kalends::cli {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool IsWordChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$' || c == '.' || c == '+' || c == '-' || (c & '\x80') != 0;
}

enum class Kind { kEnd, kWord, kName, kText, kSign };  // kName: in backticks or double quotes.
struct Token {
  Kind kind = Kind::kEnd;
  std::string text;  // Of a text or a name what it says; of a sign the one character.
  int line = 1;
};

// What MySQL means by a backslash before `c`.
char Unescaped(char c) {
  switch (c) {
    case '0':
      return '\0';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'Z':
      return '\x1a';
    default:
      return c;
  }
}

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  int line() const { return line_; }

  absl::StatusOr<Token> Next() {
    RETURN_IF_ERROR(SkipBlanks());
    Token token;
    token.line = line_;
    if (text_.empty()) return token;
    const char c = text_.front();
    if (c == '\'') return Quoted(Kind::kText);
    if (c == '`' || c == '"') return Quoted(Kind::kName);
    if (IsWordChar(c)) {
      token.kind = Kind::kWord;
      while (!text_.empty() && IsWordChar(text_.front())) {
        if (token.text.size() >= kDumpCellBytesMax) return TooLarge();
        token.text += Take();
      }
      return token;
    }
    token.kind = Kind::kSign;
    token.text = Take();
    return token;
  }

 private:
  char Take() {
    const char c = text_.front();
    text_.remove_prefix(1);
    if (c == '\n') ++line_;
    return c;
  }

  void SkipLine() {
    while (!text_.empty() && text_.front() != '\n') Take();
  }

  absl::Status SkipComment() {
    const int begun = line_;
    Take();
    Take();
    while (!text_.starts_with("*/")) {
      if (text_.empty()) {
        return absl::InvalidArgumentError(fmt::format("Line {}: a comment is not closed.", begun));
      }
      Take();
    }
    Take();
    Take();
    return absl::OkStatus();
  }

  bool AtLineComment() const {
    if (text_.starts_with("#")) return true;
    return text_.starts_with("--") && (text_.size() == 2 || text_[2] == ' ' || text_[2] == '\n' ||
                                       text_[2] == '\r' || text_[2] == '\t');
  }

  absl::Status SkipBlanks() {
    while (!text_.empty()) {
      const char c = text_.front();
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        Take();
      } else if (AtLineComment()) {
        SkipLine();
      } else if (text_.starts_with("/*")) {
        RETURN_IF_ERROR(SkipComment());
      } else {
        break;
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<Token> Quoted(Kind kind) {
    Token token;
    token.kind = kind;
    token.line = line_;
    const char quote = Take();
    while (!text_.empty()) {
      const char c = Take();
      if (token.text.size() >= kDumpCellBytesMax) return TooLarge();
      if (c == '\\' && quote == '\'' && !text_.empty()) {
        token.text += Unescaped(Take());
      } else if (c != quote) {
        token.text += c;
      } else if (!text_.empty() && text_.front() == quote) {
        token.text += Take();  // Doubled, it stands for itself.
      } else {
        return token;
      }
    }
    return absl::InvalidArgumentError(fmt::format("Line {}: a quote is not closed.", token.line));
  }

  absl::Status TooLarge() const {
    return absl::ResourceExhaustedError(
        fmt::format("Line {}: a value has more than {} bytes.", line_, kDumpCellBytesMax));
  }

  std::string_view text_;
  int line_ = 1;
};

bool IsSign(const Token& token, char sign) {
  return token.kind == Kind::kSign && token.text.front() == sign;
}

bool IsWord(const Token& token, std::string_view lower) {
  if (token.kind != Kind::kWord || token.text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (Lower(token.text[i]) != lower[i]) return false;
  }
  return true;
}

int NibbleOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = Lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// A value that is no text: a number, NULL, or bytes as mysqldump --hex-blob writes them.
std::string ValueOf(const Token& token) {
  const std::string& word = token.text;
  if (IsWord(token, "null")) return {};
  const bool is_hex = word.size() >= 2 && word.size() % 2 == 0 && word[0] == '0' && word[1] == 'x';
  if (!is_hex) return word;
  std::string bytes;
  for (std::size_t i = 2; i < word.size(); i += 2) {
    const int high = NibbleOf(word[i]);
    const int low = NibbleOf(word[i + 1]);
    if (high < 0 || low < 0) return word;
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

class Reader {
 public:
  Reader(std::string_view text, const std::function<bool(std::string_view)>& wanted)
      : tokens_(text), wanted_(wanted) {}

  absl::StatusOr<std::map<std::string, Table>> Read() {
    for (;;) {
      RETURN_IF_ERROR(Step());
      if (token_.kind == Kind::kEnd) break;
      const bool creates = IsWord(token_, "create");
      const bool inserts = IsWord(token_, "insert") || IsWord(token_, "replace");
      if (creates) RETURN_IF_ERROR(ReadCreate());
      if (inserts) RETURN_IF_ERROR(ReadInsert());
      RETURN_IF_ERROR(SkipStatement());
    }
    return std::move(tables_);
  }

 private:
  absl::Status Step() {
    ASSIGN_OR_RETURN(token_, tokens_.Next());
    return absl::OkStatus();
  }

  absl::Status Unexpected(std::string_view what) const {
    return absl::InvalidArgumentError(fmt::format("Line {}: expected {}.", token_.line, what));
  }

  // Up to its semicolon.
  absl::Status SkipStatement() {
    while (token_.kind != Kind::kEnd && !IsSign(token_, ';')) RETURN_IF_ERROR(Step());
    return absl::OkStatus();
  }

  // A name, of which a database's before it is dropped; nullopt: this is none.
  absl::StatusOr<std::optional<std::string>> ReadName() {
    std::optional<std::string> name;
    while (token_.kind == Kind::kWord || token_.kind == Kind::kName) {
      name = token_.text;
      RETURN_IF_ERROR(Step());
      const bool goes_on = IsSign(token_, '.') || IsWord(token_, ".");
      if (!goes_on) break;
      RETURN_IF_ERROR(Step());
    }
    return name;
  }

  // Its columns: the first name behind a parenthesis or a comma, where it is in backticks.
  absl::Status ReadCreate() {
    RETURN_IF_ERROR(Step());
    if (IsWord(token_, "temporary")) RETURN_IF_ERROR(Step());
    if (!IsWord(token_, "table")) return absl::OkStatus();
    RETURN_IF_ERROR(Step());
    while (IsWord(token_, "if") || IsWord(token_, "not") || IsWord(token_, "exists")) {
      RETURN_IF_ERROR(Step());
    }
    ASSIGN_OR_RETURN(const auto name, ReadName());
    if (!name || !IsSign(token_, '(') || !wanted_(*name)) return absl::OkStatus();
    std::vector<std::string> columns;
    int depth = 0;
    bool begins = false;
    do {
      if (IsSign(token_, '(')) {
        begins = ++depth == 1;
      } else if (IsSign(token_, ')')) {
        --depth;
        begins = false;
      } else if (IsSign(token_, ',')) {
        begins = depth == 1;
      } else {
        if (begins && token_.kind == Kind::kName) columns.push_back(token_.text);
        begins = false;
      }
      if (columns.size() > kTableColumnsMax) return Unexpected("fewer columns");
      RETURN_IF_ERROR(Step());
    } while (depth > 0 && token_.kind != Kind::kEnd);
    Table& table = tables_[*name];
    if (!table.rows.empty()) return Unexpected("a table that is made once, before its rows");
    table.columns = std::move(columns);
    return absl::OkStatus();
  }

  absl::Status ReadInsert() {
    RETURN_IF_ERROR(Step());
    while (IsWord(token_, "ignore") || IsWord(token_, "delayed") || IsWord(token_, "into")) {
      RETURN_IF_ERROR(Step());
    }
    ASSIGN_OR_RETURN(const auto name, ReadName());
    if (!name || !wanted_(*name)) return absl::OkStatus();
    Table& table = tables_[*name];
    if (IsSign(token_, '(')) {
      ASSIGN_OR_RETURN(std::vector<std::string> columns, ReadList());
      // Dumps name the same columns in every statement of a table.
      if (!table.rows.empty() && columns != table.columns) return Unexpected("the same columns");
      table.columns = std::move(columns);
    }
    if (!IsWord(token_, "values") && !IsWord(token_, "value")) return Unexpected("VALUES");
    RETURN_IF_ERROR(Step());
    for (;;) {
      if (!IsSign(token_, '(')) return Unexpected("a row in parentheses");
      TableRow row;
      row.line = token_.line;
      ASSIGN_OR_RETURN(row.cells, ReadList());
      if (row.cells.size() != table.columns.size()) {
        return absl::InvalidArgumentError(fmt::format("Line {}: a row of {} has {} values, not {}.",
                                                      row.line, *name, row.cells.size(),
                                                      table.columns.size()));
      }
      if (++rows_ > kTableRowsMax) return absl::ResourceExhaustedError("There are too many rows.");
      table.rows.push_back(std::move(row));
      if (!IsSign(token_, ',')) return absl::OkStatus();
      RETURN_IF_ERROR(Step());
    }
  }

  // "(a, 'b', NULL)", with what stands behind it next.
  absl::StatusOr<std::vector<std::string>> ReadList() {
    std::vector<std::string> cells;
    do {
      RETURN_IF_ERROR(Step());
      std::string cell;
      // Words before a text say its character set: _binary 'x', _utf8mb4 'x'.
      while (token_.kind == Kind::kWord || token_.kind == Kind::kText ||
             token_.kind == Kind::kName) {
        cell = token_.kind == Kind::kWord ? ValueOf(token_) : token_.text;
        RETURN_IF_ERROR(Step());
      }
      if (cells.size() >= kTableColumnsMax) return Unexpected("fewer values");
      cells.push_back(std::move(cell));
    } while (IsSign(token_, ','));
    if (!IsSign(token_, ')')) return Unexpected("a comma or a parenthesis");
    RETURN_IF_ERROR(Step());
    return cells;
  }

  Tokens tokens_;
  const std::function<bool(std::string_view)>& wanted_;
  Token token_;
  std::map<std::string, Table> tables_;
  std::size_t rows_ = 0;
};

}  // namespace

absl::StatusOr<std::map<std::string, Table>> ReadSqlDump(
    std::string_view text, const std::function<bool(std::string_view table)>& wanted) {
  if (text.size() > kImportFileBytesMax) {
    return absl::ResourceExhaustedError(
        fmt::format("The dump has more than {} bytes.", kImportFileBytesMax));
  }
  return Reader(text, wanted).Read();
}

}  // namespace kalends::cli
