// Pictures for chats: shapes, and text of any language, on one surface. Lengths are pixels, from
// the top left corner.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kalends::telegram {

// Each part from 0 to 1.
struct Color {
  double red = 0;
  double green = 0;
  double blue = 0;
};

namespace colors {
inline constexpr Color kPaper{1, 1, 1};
inline constexpr Color kInk{0.13, 0.15, 0.18};
inline constexpr Color kFaint{0.45, 0.48, 0.53};  // Of text that explains.
inline constexpr Color kRule{0.88, 0.89, 0.91};   // Of lines between things.
inline constexpr Color kShade{0.95, 0.96, 0.97};  // Of areas.
inline constexpr Color kGreen{0.18, 0.6, 0.35};
inline constexpr Color kBlue{0.2, 0.47, 0.76};
inline constexpr Color kYellow{0.93, 0.72, 0.15};
inline constexpr Color kOrange{0.87, 0.45, 0.13};
inline constexpr Color kRed{0.78, 0.22, 0.22};
}  // namespace colors

struct Box {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
};

enum class TextAlign { kLeft, kCenter, kRight };
enum class TextWeight { kNormal, kBold };
struct TextStyle {
  double size = 20;
  Color color = colors::kInk;
  TextAlign align = TextAlign::kLeft;
  TextWeight weight = TextWeight::kNormal;
};

// Not to be shared between threads.
class Canvas {
 public:
  Canvas(int width, int height, const Color& background);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  int width() const { return width_; }
  int height() const { return height_; }

  // With round corners of `radius`.
  void Fill(const Box& box, const Color& color, double radius = 0);
  // One line in the middle of the height of `box`; what does not fit ends in an ellipsis. `text` is
  // no markup, and as it is: what people wrote comes through SafeText first.
  void Write(const Box& box, std::string_view text, const TextStyle& style);
  // How wide `text` is when nothing cuts it.
  double WidthOf(std::string_view text, const TextStyle& style) const;

  std::string Png() const;

 private:
  struct Surface;

  int width_;
  int height_;
  std::unique_ptr<Surface> surface_;
};

}  // namespace kalends::telegram
