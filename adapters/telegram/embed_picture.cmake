# Writes OUT: the bytes of FILE as kPicture.
file(READ ${FILE} bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "((0x..,){20})" "\\1\n    " bytes "${bytes}")
file(WRITE ${OUT} "#include \"adapters/telegram/picture.h\"\n\nnamespace kalends::telegram {\n\n"
  "const unsigned char kPicture[] = {\n    ${bytes}};\n"
  "const std::size_t kPictureBytes = sizeof(kPicture);\n\n}  // namespace kalends::telegram\n")
