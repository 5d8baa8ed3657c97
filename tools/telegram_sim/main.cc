// kalends-telegram-sim: a Bot API server and a web page to play several people, on this machine.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/shared/demo_clock.h"
#include "kalends_version.h"
#include "tools/telegram_sim/server.h"
#include "tools/telegram_sim/text.h"

namespace {

struct Flags {
  std::string listen = "127.0.0.1:8081";
  std::string port_file;
  std::vector<std::string> tokens = {"1000000001:SIMULATOR-not-a-secret-token-000000000"};
  std::string limits = "telegram";
  std::string bot_username = "kalends_demo_bot";
  std::int64_t seed = 1;
  std::string demo_clock;
};

void Declare(CLI::App& app, Flags& flags) {
  const auto add = [&](const char* name, auto& value, const char* environment, const char* help) {
    return app.add_option(name, value, help)->envname(environment)->capture_default_str();
  };
  add("--listen", flags.listen, "KALENDS_SIM_LISTEN",
      "Loopback address and port; port 0 is any free");
  add("--port-file", flags.port_file, "KALENDS_SIM_PORT_FILE",
      "Write the port into this file once it listens");
  add("--token", flags.tokens, "KALENDS_SIM_TOKEN",
      "Bot tokens to accept, comma separated; all of them are the one bot")
      ->delimiter(',');
  add("--limits", flags.limits, "KALENDS_SIM_LIMITS", "Messages per time: telegram or off")
      ->check(CLI::IsMember({"telegram", "off"}));
  add("--bot-username", flags.bot_username, "KALENDS_SIM_BOT_USERNAME", "The bot's username");
  add("--seed", flags.seed, "KALENDS_SIM_SEED",
      "Moves the first ids of people, messages and updates");
  add("--demo-clock", flags.demo_clock, "KALENDS_SIM_DEMO_CLOCK",
      "The file by which `kalendsd --demo-clock` moves its clock: it follows this one's");
}

std::int64_t NowMs() {
  using std::chrono::milliseconds;
  using std::chrono::system_clock;
  return std::chrono::duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

// The port goes into a temporary file first, so that a script never reads half of it.
bool WritePortFile(const std::string& path, unsigned short port) {
  const std::string temporary = path + ".tmp";
  std::ofstream(temporary) << port << "\n";
  return std::rename(temporary.c_str(), path.c_str()) == 0;
}

// Goes on where the file's clock is, and takes it along from then on. Throws std::runtime_error.
void ShareClock(kalends::sim::World& world, const std::string& path) {
  const auto clock = std::make_shared<kalends::DemoClock>(path);
  world.Advance(std::chrono::milliseconds(clock->ahead()).count());
  world.on_advance = [&world, clock] {
    clock->SetAhead(std::chrono::seconds(world.clock_offset_ms() / 1000));
  };
}

int Fail(const std::string& why) {
  std::cerr << "kalends-telegram-sim: " << why << std::endl;
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  using kalends::sim::Limits;
  CLI::App app(
      "A local Telegram Bot API, as strict as the real one, with a page to play several people.",
      "kalends-telegram-sim");
  app.set_version_flag("--version", std::string("kalends-telegram-sim ") + kalends::Version());
  Flags flags;
  Declare(app, flags);
  CLI11_PARSE(app, argc, argv);

  const std::string& listen = flags.listen;
  const std::size_t colon = listen.rfind(':');
  const auto port = kalends::sim::ToInt(listen.substr(colon == std::string::npos ? 0 : colon + 1));
  if (colon == std::string::npos || !port || *port < 0 || *port > 65535) {
    return Fail("--listen must be host:port");
  }
  const auto bot_id =
      kalends::sim::ToInt(flags.tokens.front().substr(0, flags.tokens.front().find(':')));
  if (!bot_id) return Fail("--token must be of the form 123456:secret");

  kalends::sim::World world(
      {flags.bot_username, *bot_id, flags.limits == "off" ? Limits::kOff : Limits::kTelegram,
       flags.seed, kalends::sim::MessagesBefore(NowMs())},
      NowMs);
  try {
    if (!flags.demo_clock.empty()) ShareClock(world, flags.demo_clock);
  } catch (const std::runtime_error& error) {
    return Fail(error.what());
  }
  auto server = kalends::sim::Server::Listen(
      {listen.substr(0, colon), static_cast<unsigned short>(*port), flags.tokens}, world);
  if (!server.ok()) return Fail(std::string(server.status().message()));
  (*server)->StopOnSignals();
  std::cout << "listening on http://127.0.0.1:" << (*server)->port() << std::endl;
  if (!flags.port_file.empty() && !WritePortFile(flags.port_file, (*server)->port())) {
    return Fail("cannot write " + flags.port_file);
  }
  (*server)->Run();
  return 0;
}
