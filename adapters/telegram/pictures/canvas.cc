#include "adapters/telegram/pictures/canvas.h"

#include <cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cassert>
#include <numbers>

namespace kalends::telegram {
namespace {

struct Release {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
using LayoutPtr = std::unique_ptr<PangoLayout, Release>;

void Use(cairo_t* context, const Color& color) {
  cairo_set_source_rgb(context, color.red, color.green, color.blue);
}

cairo_status_t Append(void* png, const unsigned char* bytes, unsigned int size) {
  static_cast<std::string*>(png)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

PangoAlignment AlignmentOf(TextAlign align) {
  if (align == TextAlign::kCenter) return PANGO_ALIGN_CENTER;
  return align == TextAlign::kRight ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

using OptionsPtr = std::unique_ptr<cairo_font_options_t, Release>;

// Whatever the machine is set to, letters look alike.
const OptionsPtr& Plain() {
  static const OptionsPtr kPlain = [] {
    OptionsPtr options(cairo_font_options_create());
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    return options;
  }();
  return kPlain;
}

LayoutPtr LayoutOf(cairo_t* context, std::string_view text, const TextStyle& style) {
  LayoutPtr layout(pango_cairo_create_layout(context));
  pango_cairo_context_set_font_options(pango_layout_get_context(layout.get()), Plain().get());
  PangoFontDescription* const font = pango_font_description_from_string("DejaVu Sans, Sans");
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_font_description_set_weight(
      font, style.weight == TextWeight::kBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

}  // namespace

struct Canvas::Surface {
  Surface(int width, int height)
      : image(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)),
        context(cairo_create(image.get())) {}

  std::unique_ptr<cairo_surface_t, Release> image;
  std::unique_ptr<cairo_t, Release> context;
};

Canvas::Canvas(int width, int height, const Color& background)
    : width_(width), height_(height), surface_(std::make_unique<Surface>(width, height)) {
  assert(width > 0 && height > 0);
  Use(surface_->context.get(), background);
  cairo_paint(surface_->context.get());
}

Canvas::~Canvas() = default;

void Canvas::Fill(const Box& box, const Color& color, double radius) {
  if (box.width <= 0 || box.height <= 0) return;
  cairo_t* const context = surface_->context.get();
  Use(context, color);
  const double round = std::min({radius, box.width / 2, box.height / 2});
  if (round <= 0) {
    cairo_rectangle(context, box.left, box.top, box.width, box.height);
  } else {
    constexpr double kQuarter = std::numbers::pi / 2;
    const double right = box.left + box.width;
    const double bottom = box.top + box.height;
    cairo_new_sub_path(context);
    cairo_arc(context, right - round, box.top + round, round, -kQuarter, 0);
    cairo_arc(context, right - round, bottom - round, round, 0, kQuarter);
    cairo_arc(context, box.left + round, bottom - round, round, kQuarter, 2 * kQuarter);
    cairo_arc(context, box.left + round, box.top + round, round, 2 * kQuarter, 3 * kQuarter);
    cairo_close_path(context);
  }
  cairo_fill(context);
}

void Canvas::Write(const Box& box, std::string_view text, const TextStyle& style) {
  if (text.empty() || box.width <= 0) return;
  cairo_t* const context = surface_->context.get();
  const LayoutPtr layout = LayoutOf(context, text, style);
  pango_layout_set_width(layout.get(), static_cast<int>(box.width * PANGO_SCALE));
  pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment(layout.get(), AlignmentOf(style.align));
  int height = 0;
  pango_layout_get_pixel_size(layout.get(), nullptr, &height);
  Use(context, style.color);
  cairo_move_to(context, box.left, box.top + (box.height - height) / 2);
  pango_cairo_show_layout(context, layout.get());
}

double Canvas::WidthOf(std::string_view text, const TextStyle& style) const {
  int width = 0;
  pango_layout_get_pixel_size(LayoutOf(surface_->context.get(), text, style).get(), &width,
                              nullptr);
  return width;
}

std::string Canvas::Png() const {
  std::string png;
  const cairo_status_t status =
      cairo_surface_write_to_png_stream(surface_->image.get(), Append, &png);
  assert(status == CAIRO_STATUS_SUCCESS);
  return status == CAIRO_STATUS_SUCCESS ? png : std::string();
}

}  // namespace kalends::telegram
