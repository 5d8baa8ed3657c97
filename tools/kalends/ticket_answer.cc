#include <cstdio>
#include <memory>

#include "kalends/v1/support_service.pb.h"
#include "tools/kalends/listing.h"
#include "tools/kalends/ticket.h"

namespace kalends::cli {
namespace {

struct TicketAnswer {
  std::string ticket;
  std::string text;
  std::string by;
  std::string request_id;
};

// More is no message: the core takes 4000 characters.
constexpr std::size_t kAnswerBytesMax = 64 << 10;

absl::StatusOr<std::string> ReadStandardInput() {
  std::string text;
  char piece[4096];
  for (;;) {
    const std::size_t got = std::fread(piece, 1, sizeof piece, stdin);
    if (got == 0) break;
    text.append(piece, got);
    if (text.size() > kAnswerBytesMax) {
      return absl::InvalidArgumentError("What standard input holds is too long for a message.");
    }
  }
  if (std::ferror(stdin) != 0) return absl::UnknownError("Standard input cannot be read.");
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

}  // namespace

Work AnswerTicket(CLI::App& command, Arguments&) {
  auto answer = std::make_shared<TicketAnswer>();
  command.add_option("TICKET", answer->ticket, "tickets/...")->required();
  command.add_option("TEXT", answer->text, "The answer; -: what standard input holds")->required();
  command.add_option("--by", answer->by, "Who of the team answers; customers do not see it");
  command.add_option("--request-id", answer->request_id,
                     "For scripts: the same again answers once; 1 to 64 ASCII characters");
  return [answer](Context& context) -> absl::StatusOr<int> {
    std::string text = answer->text;
    if (text == "-") {
      ASSIGN_OR_RETURN(text, ReadStandardInput());
    }
    ASSIGN_OR_RETURN(const Connection* const core, context.Core());
    v1::AnswerTicketRequest request;
    request.set_name(answer->ticket);
    request.mutable_message()->set_text(text);
    request.set_answered_by(answer->by);
    request.set_request_id(answer->request_id.empty() ? NewRequestId() : answer->request_id);
    ASSIGN_OR_RETURN(const auto message, core->Call<v1::TicketMessage>(request));
    fmt::print("{}\n", context.said().json ? JsonLine(message) : message.name());
    return 0;
  };
}

}  // namespace kalends::cli
