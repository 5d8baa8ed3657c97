#include "tools/kalends/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kalends::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// "tool [--where FILE] pets feed [--with {hay,corn}] NAME".
struct SmallTool {
  CLI::App app{"A tool", "kalends"};
  std::string where;
  std::string with;
  std::string name;

  SmallTool() {
    app.add_option("--where", where);
    CLI::App& feed = *app.add_subcommand("pets", "")->add_subcommand("feed", "");
    feed.add_option("--with", with)->check(CLI::IsMember({"hay", "corn"}));
    feed.add_option("NAME", name);
  }
};

TEST(CompletionScript, NamesWhatTheCommandLineHasInEachPlace) {
  const SmallTool tool;
  for (const char* shell : {"bash", "zsh", "fish"}) {
    SCOPED_TRACE(shell);
    const std::string script = CompletionScript(tool.app, shell);
    EXPECT_THAT(script, HasSubstr("' pets'"));
    EXPECT_THAT(script, HasSubstr("' pets feed'"));
    EXPECT_THAT(script, HasSubstr("--with"));
    EXPECT_THAT(script, Not(HasSubstr("NAME")));
  }
}

TEST(CompletionScript, KnowsFlagsThatTakeAValueAndWhichValues) {
  const std::string script = CompletionScript(SmallTool().app, "bash");
  EXPECT_THAT(script, HasSubstr("--where|--with) previous=''"));
  EXPECT_THAT(script, HasSubstr("--with) candidates='hay corn'"));
  EXPECT_THAT(script, HasSubstr("--where) candidates=''"));
}

TEST(CompletionScript, OffersFlagsOfTheWholeToolAfterEachCommand) {
  const std::string script = CompletionScript(SmallTool().app, "bash");
  EXPECT_THAT(script, HasSubstr("' pets feed') candidates='--help -h --with --where'"));
}

}  // namespace
}  // namespace kalends::cli
