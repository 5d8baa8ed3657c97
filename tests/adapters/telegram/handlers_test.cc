#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "adapters/telegram/actions.h"
#include "adapters/telegram/handlers/all.h"

namespace kalends::telegram {
namespace {

// An action that somebody forgot.
struct Forgotten {
  KALENDS_ACTION("zz")
};
struct TypesForgotten {
  static constexpr std::string_view kName = "forgotten";
};

template <typename... Some>
std::set<std::string> CodesOf(Actions<Some...>) {
  return {std::string(Some::kCode)...};
}

// The code of every KALENDS_ACTION in actions/.
std::set<std::string> CodesInSources() {
  const std::regex kAction("KALENDS_ACTION\\(\"([a-z]+)\"");
  std::set<std::string> codes;
  const auto folder = std::filesystem::path(KALENDS_ADAPTER_SOURCE_DIR) / "actions";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path());
    const std::string source(std::istreambuf_iterator<char>(file), {});
    for (std::sregex_iterator it(source.begin(), source.end(), kAction), end; it != end; ++it) {
      codes.insert((*it)[1]);
    }
  }
  return codes;
}

TEST(Handlers, EveryActionAndEveryDialogueHasExactlyOne) {
  EXPECT_EQ(FaultsOfHandlers(), std::vector<std::string>());
}

// HandlersOf(Actions<Forgotten>{}) asks for this.
TEST(Handlers, AnActionWithoutOneDoesNotCompile) {
  static_assert(!HasHandler<Forgotten>);
  static_assert(!HasTextHandler<TypesForgotten>);
}

TEST(Handlers, EveryActionIsInTheListOfItsSubject) {
  EXPECT_EQ(CodesInSources(), CodesOf(AllActions{}));
}

TEST(Handlers, TheTopicOfAnActionIsWhatItIsAbout) {
  const std::string id(kShortIdLength, 'a');
  const auto topic = [](const Action& action) { return HandlerFor(action).topic(action); };
  EXPECT_EQ(std::get<AppointmentId>(topic(AskCancel{{id}})).text, id);
  EXPECT_EQ(std::get<Draft>(topic(PickSlot{{{id}, {}, {}}, Minute()})).provider.text, id);
  EXPECT_EQ(std::get<ProviderId>(topic(OpenChat{{id}})).text, id);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(topic(ShowHome{})));
}

}  // namespace
}  // namespace kalends::telegram
