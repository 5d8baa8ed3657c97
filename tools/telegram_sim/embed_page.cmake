# Writes OUT: FindPageFile over the files of page/ in DIR.
set(rows "")
foreach(row IN ITEMS "/|text/html|index.html" "/page.css|text/css|page.css"
                     "/page.js|text/javascript|page.js" "/dom.js|text/javascript|dom.js"
                     "/column.js|text/javascript|column.js"
                     "/message.js|text/javascript|message.js")
  string(REPLACE "|" ";" parts "${row}")
  list(GET parts 0 path)
  list(GET parts 1 type)
  list(GET parts 2 file)
  file(READ ${DIR}/${file} text)
  string(APPEND rows "    {\"${path}\", \"${type}; charset=utf-8\", R\"page(${text})page\"},\n")
endforeach()
file(WRITE ${OUT} "#include \"tools/telegram_sim/page.h\"\n\nnamespace kalends::sim {\nnamespace {\n"
  "constexpr PageFile kFiles[] = {\n${rows}};\n}  // namespace\n"
  "const PageFile* FindPageFile(std::string_view path) {\n"
  "  for (const PageFile& file : kFiles) {\n    if (file.path == path) return &file;\n  }\n"
  "  return nullptr;\n}\n}  // namespace kalends::sim\n")
