// What came of an import, for people and for programs.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "tools/kalends/imports/record.h"

namespace kalends::cli {

enum class RecordKind { kProvider, kService, kCustomer, kAppointment };
std::string_view NameOf(RecordKind kind);  // "provider" and so on.

enum class RecordOutcome { kCreated, kExists, kRefused };

class ImportReport {
 public:
  ImportReport(bool json, bool dry_run) : json_(json), dry_run_(dry_run) {}

  // One record that came to an end. `name`: its resource; empty where there is none. Of what is
  // refused the remark says why.
  void Tell(RecordKind kind, const std::string& id, RecordOutcome outcome, const std::string& name);
  void Refuse(RecordKind kind, const Where& where, const std::string& id, const std::string& why);
  // What readers had to say, and the sums; last.
  void End(const Records& records);
  int refused() const { return refused_; }
  const std::string& text() const { return text_; }

 private:
  void Remarked(std::string_view what, const Remark& remark);

  bool json_;
  bool dry_run_;
  int refused_ = 0;
  std::array<std::array<int, 3>, 4> counts_{};  // By kind and outcome.
  std::string text_;
};

}  // namespace kalends::cli
