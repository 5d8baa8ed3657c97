#include "adapters/telegram/screens/package_uses.h"

#include "adapters/telegram/html.h"

namespace kalends::telegram {
namespace {

// "Mo., 28. Dez., 10:00 · Massage"; of an appointment that is gone, when the visit was taken. HTML.
std::string OfWhat(const Reader& reader, const PackageUseView& view) {
  if (!view.appointment) return EscapeHtml(ShortWhen(reader, InstantOf(view.use.time()), ""));
  const v1::Appointment& appointment = *view.appointment;
  const std::string when = EscapeHtml(
      ShortWhen(reader, InstantOf(appointment.start_time()), appointment.provider_time_zone()));
  const std::string& service = appointment.service_display_name();
  return service.empty() ? when : when + " · " + HtmlOf(service);
}

}  // namespace

Screen PackageUsesScreen(const Reader& reader, const PackageUsesView& view) {
  const Texts& t = reader.t();
  Screen screen{.text = t.Html("package_uses.title",
                               {{"package", view.package.display_name()},
                                {"left", std::to_string(view.package.remaining_visits())},
                                {"visits", std::to_string(view.package.visits())}}),
                .rows = {{BackButton(reader, view.back), HomeButton(reader)}}};
  if (view.uses.empty()) screen.text += "\n" + t.Html("package_uses.none");
  for (const PackageUseView& use : view.uses) {
    const bool back = use.use.kind() == v1::PackageUse::KIND_GIVEN_BACK;
    screen.text += "\n" + t.Html(back ? "package_uses.given_back" : "package_uses.used",
                                 {Arg::Raw("what", OfWhat(reader, use))});
  }
  if (view.more) screen.text += "\n…";
  return screen;
}

}  // namespace kalends::telegram
