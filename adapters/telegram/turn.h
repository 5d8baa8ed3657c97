// One update on its way through a handler: who asks, what they see, what is remembered.
#pragma once

#include <memory>
#include <string>

#include "adapters/telegram/context.h"
#include "adapters/telegram/keyboards.h"
#include "adapters/telegram/receipt.h"
#include "adapters/telegram/screen.h"
#include "adapters/telegram/screens/common.h"
#include "adapters/telegram/session.h"
#include "adapters/telegram/update.h"
#include "kalends/v1/account_service.pb.h"
#include "kalends/v1/booking_service.pb.h"

namespace kalends::telegram {

// Lives while its update is handled, on one thread.
class Turn {
 public:
  // What it sends holds `receipt.answered` until it has been sent.
  Turn(const Context& context, const Update& update, Receipt receipt);

  // Reads the session and the account. To be called first. ACCOUNT_UNKNOWN: only /start makes one.
  absl::Status Load();
  // Reads the account.
  absl::Status ReadAccount();
  // Makes or refreshes the account, so that it counts as reachable again.
  absl::Status EnsureAccount();
  // Writes the session where it changed. To be called last.
  void Save();

  // Calls the method whose request is `Request`, for whom this turn is.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Call(const Request& request) const {
    return context_.client.Call<Response>(identity_, request);
  }
  template <typename Response, typename Request, typename Take>
  absl::Status Read(const Request& request, Take take) const {
    return context_.client.Read<Response>(identity_, request, take);
  }
  template <typename Response, typename Request, typename Send>
  absl::StatusOr<Response> Write(Send send) const {
    return context_.client.Write<Response, Request>(identity_, send);
  }
  // For what this update changes by itself: the same again when the update comes again.
  std::string NextRequestId();
  // For what `action` changes: the same for every press of that button.
  std::string RequestIdOf(const Action& action, Nonce nonce) const;
  // For the buttons of the screen that this turn draws.
  Nonce nonce() const;

  // Puts `screen` in place of the message whose button was pressed, or sends it as the new screen
  // and takes the old one away.
  void Show(const Screen& screen);
  // From now on Show sends: the message with the pressed button remains to be read.
  void KeepPressedMessage() { keeps_pressed_ = true; }
  // The next screen that is shown stands in `frame`: below its text, above its buttons. Nothing in
  // it: none does.
  void FrameNext(Screen frame) { frame_ = std::move(frame); }
  // Whether the pressed button stands on the chat's screen, not on a message that stays.
  bool is_press_on_screen() const {
    const auto* press = std::get_if<Press>(&update_.what);
    return press != nullptr && press->message != 0 && press->message == session_.screen;
  }
  // Takes the message with the pressed button away.
  void TakePressedMessageAway();
  // Sends `screen` besides the screen.
  void Send(const Screen& screen);
  // Puts `mark` on the message that came with this update. Where Telegram does not take it, and
  // always where there is no such message, sends `otherwise` besides the screen.
  void React(const char* mark, const Screen& otherwise);
  // Sends `html` with the main menu's keyboard, which says how much waits; ends the screen.
  void SendMainMenu(const std::string& html);
  // The same besides the screen.
  void SendMainMenuBeside(const std::string& html);
  // Where the keyboard says something else than what waits now, sends it anew, beside the screen
  // and without a sound, in place of the message that did the same before.
  void SendCountsIf(CountsDiffer differ);
  // Sends `html` and takes the main menu's keyboard away. The account is gone: nothing of it is
  // written any more.
  void SendFarewell(const std::string& html);
  // Sends a file besides the screen: `method` is sendPhoto or sendDocument. `done` is called on
  // another thread.
  void SendFile(const std::string& method, ApiFile file, const Screen& caption,
                BotApi::Done done = nullptr);

  const Context& context() const { return context_; }
  const Update& update() const { return update_; }
  // For what goes on after this turn.
  const Receipt& receipt() const { return receipt_; }
  const v1::Account& account() const { return account_; }
  void set_account(v1::Account account);
  Session& session() { return session_; }
  // What was being typed when this update came: its handler finds the session's dialogue ended.
  const Dialogue& former_dialogue() const { return former_dialogue_; }
  // Takes away the message that asked for the text of this update, where it is not the screen.
  void TakeQuestionAway();
  // Ends the dialogue; a screen that waits for a text begins one again.
  void EndDialogue();
  // Remembers that the message `answer` answers what was asked.
  void KeepAnswer(std::int64_t answer);
  // Takes EndDialogue back, unless another dialogue has begun.
  void ResumeDialogue();
  // Keeps `text`, which this turn's screen shows, for its button. The next typed text ends that.
  void KeepShown(std::string text) { session_.shown = {nonce(), std::move(text)}; }
  // What was kept by the turn that drew a button with `nonce`; nullptr: not any more.
  const std::string* ShownWith(Nonce nonce) const;
  const Reader& reader() const { return reader_; }
  const Texts& texts() const { return *reader_.texts; }
  Instant now() const { return reader_.now; }
  bool is_customer_of(const v1::Appointment& appointment) const {
    return appointment.customer() == account_.name();
  }

 private:
  void Push(Outgoing outgoing);
  Screen Framed(const Screen& screen);
  void SendScreen(const Screen& screen);
  void SendBeside(ApiCall call, const Shown& shown);
  // What waits to draw the screen before this turn's is not drawn any more.
  void LeaveFormerScreen();
  void SendWithKeyboard(const std::string& html, nlohmann::json keyboard);
  void TakeScreenAway();
  MenuOf menu_of() const;

  const Context& context_;
  const Update& update_;
  Receipt receipt_;
  std::string identity_;
  v1::Account account_;
  Reader reader_;
  Session session_;
  Dialogue former_dialogue_;
  std::int64_t former_question_ = 0;
  bool keeps_pressed_ = false;
  FormerScreen former_screen_ = FormerScreen::kTakenAway;  // Where this turn leaves no other.
  Screen frame_;                                           // Of the next screen.
  bool drawn_ = false;                                     // By this turn.
  bool loaded_ = false;                                    // The session is that of the chat.
  bool keyboard_sent_ = false;
  int mutations_ = 0;
};

// Records that `message` is the chat's screen, and takes another one away.
void RememberScreen(const Context& context, std::int64_t chat, std::int64_t message);
// Takes `message` away, whatever it shows.
void DeleteMessage(const Context& context, std::int64_t chat, std::int64_t message);

}  // namespace kalends::telegram
