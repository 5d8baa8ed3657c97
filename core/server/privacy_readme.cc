#include "core/server/privacy_readme.h"

#include <array>

namespace kalends::server {
namespace {

// By core::Language.
using InAllLanguages = std::array<std::string_view, 6>;

// What English texts of sections (`ExportSection::about`) are in de, fr, ru, uk and es.
using InOtherLanguages = std::array<std::string_view, 5>;

std::string_view In(core::Language language, const InAllLanguages& texts) {
  return texts[static_cast<std::size_t>(language)];
}

constexpr InAllLanguages kPreamble = {
    R"(Alles, was Kalends über dieses Konto gespeichert hat. Jede .json-Datei ist eine Liste von
Nachrichten der Schnittstelle kalends.v1; eine Datei in einem Ordner heißt nach dem letzten Teil
von `name` ihrer Nachricht und nach ihrem eigenen Namen. Nicht enthalten ist, was nur anderes
wiederholt und von selbst verschwindet: Mitteilungen, die noch zu senden sind, erste Antworten, die
für Wiederholungen aufbewahrt werden, und Links zum Herunterladen. Was beim Speichern beschädigt
wurde, ist gekennzeichnet: ein Feld in `unreadable_fields` seiner Nachricht oder durch U+FFFD an
seiner Stelle, eine Datei durch eine mit dem Namen ...-unreadable.txt daneben oder an ihrer Stelle.
)",
    R"(Everything that Kalends has stored about this account. Each .json file is an array of
messages of its interface, kalends.v1; a file in a folder is named by the last part of the
`name` of its message, and by its own name. Left out is what only repeats other parts and
goes by itself: what waits to be told, first answers kept for repeats, download links.
What is damaged where it is stored is marked: a field by its message's `unreadable_fields`
or by U+FFFD in its place, a file by one named ...-unreadable.txt beside it or in its place.
)",
    R"(Tout ce que Kalends a enregistré sur ce compte. Chaque fichier .json est une liste de messages
de l’interface kalends.v1 ; un fichier dans un dossier porte la dernière partie du `name` de son
message, puis son propre nom. N’y figure pas ce qui ne fait que répéter le reste et disparaît de
lui-même : les avis à envoyer, les premières réponses gardées pour les répétitions, les liens de
téléchargement. Ce qui est endommagé là où c’est enregistré est signalé : un champ dans
`unreadable_fields` de son message ou par U+FFFD à sa place, un fichier par un fichier nommé
...-unreadable.txt à côté ou à sa place.
)",
    R"(Всё, что Kalends хранит об этой учётной записи. Каждый файл .json — список сообщений интерфейса
kalends.v1; файл в папке назван по последней части `name` своего сообщения и по собственному имени.
Не включено то, что лишь повторяет остальное и исчезает само: уведомления, ожидающие отправки,
первые ответы, сохранённые для повторов, ссылки для скачивания. Повреждённое при хранении отмечено:
поле — в `unreadable_fields` своего сообщения или знаком U+FFFD на его месте, файл — файлом с
именем ...-unreadable.txt рядом или на его месте.
)",
    R"(Усе, що Kalends зберігає про цей обліковий запис. Кожен файл .json — список повідомлень
інтерфейсу kalends.v1; файл у теці названо за останньою частиною `name` його повідомлення та за
власним іменем. Не включено те, що лише повторює решту й зникає само: сповіщення, які чекають на
надсилання, перші відповіді, збережені для повторів, посилання для завантаження. Пошкоджене під час
зберігання позначено: поле — в `unreadable_fields` його повідомлення або знаком U+FFFD на його місці,
файл — файлом з іменем ...-unreadable.txt поруч або на його місці.
)",
    R"(Todo lo que Kalends ha guardado sobre esta cuenta. Cada archivo .json es una lista de mensajes de
la interfaz kalends.v1; un archivo dentro de una carpeta lleva la última parte del `name` de su
mensaje y su propio nombre. No se incluye lo que solo repite otras partes y desaparece por sí mismo:
avisos por enviar, primeras respuestas guardadas para repeticiones, enlaces de descarga. Lo que está
dañado donde se guarda está marcado: un campo, en `unreadable_fields` de su mensaje o con U+FFFD en
su lugar; un archivo, con otro llamado ...-unreadable.txt al lado o en su lugar.
)"};

constexpr InAllLanguages kDamage = {
    "Was hierher gehört, ist am Speicherort ganz oder teilweise beschädigt.\n",
    "What belongs here is damaged where it is stored, in part or as a whole.\n",
    "Ce qui devrait se trouver ici est endommagé là où c’est enregistré, en tout ou en partie.\n",
    "То, что должно быть здесь, повреждено при хранении — частично или полностью.\n",
    "Те, що має бути тут, пошкоджено під час зберігання — частково або повністю.\n",
    "Lo que debería estar aquí está dañado donde se guarda, en parte o por completo.\n"};

constexpr InOtherLanguages kTheFiles = {"Die Dateien selbst.", "Les fichiers eux-mêmes.",
                                        "Сами файлы.", "Самі файли.", "Los archivos mismos."};
constexpr InOtherLanguages kPaidForAppointments = {
    "Was für Termine bezahlt und erstattet wurde.",
    "Ce qui a été payé et remboursé pour les rendez-vous.", "Оплаты и возвраты по записям.",
    "Оплати й повернення за записами.", "Lo que se pagó y se devolvió por las citas."};
constexpr InOtherLanguages kSoldPackages = {
    "Verkaufte Pakete und was davon noch übrig ist.", "Les forfaits vendus et ce qu’il en reste.",
    "Проданные абонементы и что от них осталось.", "Продані абонементи та що від них залишилося.",
    "Los bonos vendidos y lo que queda de ellos."};
constexpr InOtherLanguages kPackageUses = {
    "Wofür die Pakete verwendet wurden.", "À quoi les forfaits ont servi.",
    "На что использованы абонементы.", "На що використано абонементи.",
    "En qué se usaron los bonos."};
constexpr InOtherLanguages kPaidForPackages = {
    "Was für die Pakete bezahlt wurde.", "Ce qui a été payé pour les forfaits.",
    "Оплаты за абонементы.", "Оплати за абонементи.", "Lo que se pagó por los bonos."};
constexpr InOtherLanguages kEditedMessages = {
    "Was bearbeitete Nachrichten dieser Chats vorher sagten.",
    "Ce que disaient les messages de ces discussions avant d’être modifiés.",
    "Прежние тексты изменённых сообщений этих чатов.",
    "Попередні тексти змінених повідомлень цих чатів.",
    "Lo que decían los mensajes de estos chats antes de editarse."};
constexpr InOtherLanguages kDeletedFiles = {
    "Was von geteilten und gelöschten Dateien übrig ist.",
    "Ce qui reste des fichiers partagés puis supprimés.",
    "Что осталось от переданных и удалённых файлов.",
    "Що залишилося від переданих і видалених файлів.",
    "Lo que queda de los archivos compartidos y eliminados."};

struct AboutRow {
  std::string_view path;
  InOtherLanguages about;
};

constexpr AboutRow kAbout[] = {
    {"account.json",
     {"Das Konto und seine Einstellungen.", "Le compte et ses réglages.",
      "Учётная запись и её настройки.", "Обліковий запис і його налаштування.",
      "La cuenta y sus ajustes."}},
    {"sessions.json",
     {"Was die Chatprogramme sich über laufende Gespräche merken.",
      "Ce que les programmes de discussion retiennent des conversations en cours.",
      "Что чат-программы помнят о текущих разговорах.",
      "Що чат-програми пам’ятають про поточні розмови.",
      "Lo que los programas de chat recuerdan de las conversaciones en curso."}},
    {"feeds.json",
     {"Abonnierte Kalender, ohne ihre Adressen.",
      "Les calendriers auxquels on est abonné, sans leurs adresses.",
      "Календари, на которые оформлена подписка, без их адресов.",
      "Календарі, на які оформлено підписку, без їхніх адрес.",
      "Los calendarios suscritos, sin sus direcciones."}},
    {"customer/links.json",
     {"Anbieter, mit denen das Konto verbunden ist oder war.",
      "Les prestataires auxquels le compte est ou a été lié.",
      "Специалисты и организации, с которыми учётная запись связана или была связана.",
      "Спеціалісти й організації, з якими обліковий запис пов’язано або було пов’язано.",
      "Los proveedores con los que la cuenta está o estuvo vinculada."}},
    {"customer/appointments.json",
     {"Termine als Kunde, mit ihrem Verlauf.",
      "Les rendez-vous en tant que client, avec leur historique.",
      "Записи в качестве клиента, с их историей.", "Записи як клієнта, з їхньою історією.",
      "Las citas como cliente, con su historial."}},
    {"customer/payments.json", kPaidForAppointments},
    {"customer/sold_packages.json", kSoldPackages},
    {"customer/package_uses.json", kPackageUses},
    {"customer/package_payments.json", kPaidForPackages},
    {"customer/messages.json",
     {"Chats mit Anbietern. Ein Anhang liegt in seinem Kanal, unter seiner Kennung.",
      "Les discussions avec les prestataires. Une pièce jointe se trouve dans son canal, sous sa "
      "référence.",
      "Чаты со специалистами и организациями. Вложение лежит в своём канале под своим "
      "обозначением.",
      "Чати з спеціалістами й організаціями. Вкладення лежить у своєму каналі під своїм "
      "позначенням.",
      "Los chats con los proveedores. Un adjunto está en su canal, con su referencia."}},
    {"customer/message_versions.json", kEditedMessages},
    {"support/tickets.json",
     {"Fragen an den Support.", "Les questions posées à l’assistance.", "Вопросы в поддержку.",
      "Запитання до підтримки.", "Las preguntas al soporte."}},
    {"support/messages.json",
     {"Was dazu geschrieben wurde.", "Ce qui a été écrit à leur sujet.", "Что о них написано.",
      "Що про них написано.", "Lo que se escribió sobre ellas."}},
    {"support/message_versions.json",
     {"Was bearbeitete Nachrichten davon vorher sagten.",
      "Ce que ces messages disaient avant d’être modifiés.", "Прежние тексты изменённых сообщений.",
      "Попередні тексти змінених повідомлень.", "Lo que decían esos mensajes antes de editarse."}},
    {"customer/documents.json",
     {"Mit Anbietern geteilte Dateien.", "Les fichiers partagés avec les prestataires.",
      "Файлы, которыми делились со специалистами и организациями.",
      "Файли, якими ділилися з спеціалістами й організаціями.",
      "Los archivos compartidos con los proveedores."}},
    {"customer/documents/", kTheFiles},
    {"customer/deleted_documents.json", kDeletedFiles},
    {"customer/consents.json",
     {"Erteilte und widerrufene Zustimmungen.", "Les consentements donnés et retirés.",
      "Данные и отозванные согласия.", "Надані й відкликані згоди.",
      "Los consentimientos dados y retirados."}},
    {"provider/provider.json",
     {"Das Angebot, das Kunden buchen.", "Ce que les clients réservent.",
      "То, к чему записываются клиенты.", "Те, до чого записуються клієнти.",
      "Lo que reservan los clientes."}},
    {"provider/profile.json",
     {"Die öffentliche Seite und ihre früheren Adressen.",
      "La page publique et ses anciennes adresses.", "Публичная страница и её прежние адреса.",
      "Публічна сторінка та її попередні адреси.",
      "La página pública y sus direcciones anteriores."}},
    {"provider/pictures.json",
     {"Bilder der öffentlichen Seite.", "Les images de la page publique.",
      "Изображения публичной страницы.", "Зображення публічної сторінки.",
      "Las imágenes de la página pública."}},
    {"provider/pictures/",
     {"Die Bilder selbst, in ihrer größten Fassung.",
      "Les images elles-mêmes, dans leur plus grande taille.",
      "Сами изображения, в наибольшем размере.", "Самі зображення, у найбільшому розмірі.",
      "Las propias imágenes, en su tamaño mayor."}},
    {"provider/organizations.json",
     {"Organisationen, zu deren Team dieses Konto gehört.",
      "Les organisations dont le spécialiste fait partie.",
      "Организации, в команде которых состоит специалист.",
      "Організації, до команди яких належить спеціаліст.",
      "Las organizaciones de cuyo equipo forma parte el especialista."}},
    {"provider/services.json",
     {"Die Leistungen, auch archivierte.", "Les prestations, y compris archivées.",
      "Услуги, в том числе архивные.", "Послуги, зокрема архівні.",
      "Los servicios, también los archivados."}},
    {"provider/schedule.json",
     {"Die Arbeitszeiten.", "Les horaires de travail.", "Рабочее время.", "Робочий час.",
      "El horario de trabajo."}},
    {"provider/closures.json",
     {"Feiertage, Urlaub und Abwesenheiten.", "Les jours fériés, congés et absences.",
      "Праздники, отпуска и отсутствия.", "Свята, відпустки й відсутності.",
      "Festivos, vacaciones y ausencias."}},
    {"provider/openings.json",
     {"Zusätzliche Zeiten.", "Les ouvertures supplémentaires.", "Дополнительное время.",
      "Додатковий час.", "Horarios adicionales."}},
    {"provider/busy_calendars.json",
     {"Verbundene Kalender, ohne Adresse und Passwort.",
      "Les agendas reliés, sans adresse ni mot de passe.",
      "Подключённые календари, без адреса и пароля.", "Підключені календарі, без адреси й пароля.",
      "Los calendarios conectados, sin dirección ni contraseña."}},
    {"provider/invitations.json",
     {"Die Einladungen.", "Les invitations.", "Приглашения.", "Запрошення.", "Las invitaciones."}},
    {"provider/links.json",
     {"Die Kunden.", "Les clients.", "Клиенты.", "Клієнти.", "Los clientes."}},
    {"provider/appointments.json",
     {"Termine mit Kunden, mit ihrem Verlauf.",
      "Les rendez-vous avec les clients, avec leur historique.", "Записи клиентов, с их историей.",
      "Записи клієнтів, з їхньою історією.", "Las citas con clientes, con su historial."}},
    {"provider/payments.json", kPaidForAppointments},
    {"provider/packages.json",
     {"Angebotene Pakete, auch archivierte.", "Les forfaits proposés, y compris archivés.",
      "Предлагаемые абонементы, в том числе архивные.", "Пропоновані абонементи, зокрема архівні.",
      "Los bonos que se ofrecen, también los archivados."}},
    {"provider/sold_packages.json", kSoldPackages},
    {"provider/package_uses.json", kPackageUses},
    {"provider/package_payments.json", kPaidForPackages},
    {"provider/customer_notes.json",
     {"Private Notizen zu Kunden.", "Les notes privées sur les clients.",
      "Личные заметки о клиентах.", "Особисті нотатки про клієнтів.",
      "Notas privadas sobre clientes."}},
    {"provider/appointment_notes.json",
     {"Private Notizen zu Terminen.", "Les notes privées sur les rendez-vous.",
      "Личные заметки о записях.", "Особисті нотатки про записи.", "Notas privadas sobre citas."}},
    {"provider/messages.json",
     {"Chats mit Kunden.", "Les discussions avec les clients.", "Чаты с клиентами.",
      "Чати з клієнтами.", "Los chats con los clientes."}},
    {"provider/message_versions.json", kEditedMessages},
    {"provider/documents.json",
     {"Mit Kunden geteilte Dateien.", "Les fichiers partagés avec les clients.",
      "Файлы, которыми делились с клиентами.", "Файли, якими ділилися з клієнтами.",
      "Los archivos compartidos con los clientes."}},
    {"provider/documents/", kTheFiles},
    {"provider/deleted_documents.json", kDeletedFiles},
    {"provider/consent_documents.json",
     {"Dokumente zur Zustimmung, auch archivierte.",
      "Les documents de consentement, y compris archivés.",
      "Документы для согласия, в том числе архивные.", "Документи для згоди, зокрема архівні.",
      "Los documentos de consentimiento, también los archivados."}},
    {"provider/consent_versions.json",
     {"Alle Fassungen davon.", "Toutes leurs versions.", "Все их редакции.", "Усі їхні редакції.",
      "Todas sus versiones."}},
    {"provider/consent_versions/", kTheFiles},
    {"provider/consents.json",
     {"Erteilte und widerrufene Zustimmungen der Kunden.",
      "Les consentements des clients, donnés et retirés.",
      "Согласия клиентов, данные и отозванные.", "Згоди клієнтів, надані й відкликані.",
      "Los consentimientos de clientes, dados y retirados."}},
};

}  // namespace

std::optional<std::string_view> AboutFile(core::Language language, const ExportSection& section) {
  if (language == core::Language::kEn) return section.about;
  const auto place = static_cast<std::size_t>(language);
  for (const AboutRow& row : kAbout) {
    if (row.path != section.path) continue;
    return row.about[language < core::Language::kEn ? place : place - 1];
  }
  return std::nullopt;
}

std::string ReadmeOf(core::Language language, const std::vector<ExportSection>& sections) {
  std::string text(In(language, kPreamble));
  text += "\n";
  for (const ExportSection& section : sections) {
    text += section.path + "\n    ";
    text += AboutFile(language, section).value_or(section.about);
    text += "\n";
  }
  return text;
}

std::string_view DamageMark(core::Language language) { return In(language, kDamage); }

}  // namespace kalends::server
