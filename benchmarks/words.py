"""What generated pages are made of: words and sentences in English and Russian.

The markup is that of the program's own source; other formats are written from it. ``{a}`` and
``{b}`` are nouns (``{a.gen}`` is the Russian genitive), the other names in braces are words that
both languages share.
"""

from __future__ import annotations

from typing import NamedTuple


class Noun(NamedTuple):
    """A noun: English, and in Russian the nominative and the genitive."""

    en: str
    nom: str
    gen: str


NOUNS = tuple(
    Noun(*row)
    for row in (
        ("queue", "очередь", "очереди"),
        ("buffer", "буфер", "буфера"),
        ("descriptor", "дескриптор", "дескриптора"),
        ("timer", "таймер", "таймера"),
        ("mapping", "отображение", "отображения"),
        ("lock", "блокировка", "блокировки"),
        ("signal mask", "маска сигналов", "маски сигналов"),
        ("directory entry", "запись каталога", "записи каталога"),
        ("process group", "группа процессов", "группы процессов"),
        ("shared segment", "общий сегмент", "общего сегмента"),
        ("address", "адрес", "адреса"),
        ("listener", "слушающий сокет", "слушающего сокета"),
        ("counter", "счётчик", "счётчика"),
        ("limit", "предел", "предела"),
        ("file offset", "смещение в файле", "смещения в файле"),
        ("device", "устройство", "устройства"),
        ("message", "сообщение", "сообщения"),
        ("session", "сеанс", "сеанса"),
        ("namespace", "пространство имён", "пространства имён"),
        ("thread", "поток", "потока"),
    )
)

VERBS = (
    "open", "close", "get", "set", "map", "sync", "wait", "lock", "send", "recv", "copy", "move", "link",
    "trace", "clone", "poll", "bind", "seek", "trim", "watch", "probe", "mount", "fence", "merge", "split",
)  # fmt: skip
OBJECTS = (
    "fd", "page", "queue", "timer", "key", "node", "port", "ring", "slot", "pipe", "path", "mask", "range",
    "lease", "token", "frame", "group", "event", "entry", "block",
)  # fmt: skip
ARGUMENTS = (
    ("int", "fd"), ("const void *", "buf"), ("size_t", "len"), ("int", "flags"), ("unsigned int", "mode"),
    ("const char *", "path"), ("struct timespec *", "timeout"), ("off_t", "offset"), ("pid_t", "pid"),
    ("const struct sockaddr *", "addr"), ("socklen_t", "addrlen"), ("void *", "value"),
)  # fmt: skip
ERRNOS = (
    "EACCES", "EAGAIN", "EBADF", "EBUSY", "EEXIST", "EFAULT", "EFBIG", "EINTR", "EINVAL", "EIO", "EISDIR",
    "ELOOP", "EMFILE", "EMSGSIZE", "ENAMETOOLONG", "ENFILE", "ENODEV", "ENOENT", "ENOLCK", "ENOMEM",
    "ENOSPC", "ENOSYS", "ENOTDIR", "ENOTSOCK", "ENXIO", "EOPNOTSUPP", "EPERM", "EPIPE", "ERANGE", "EROFS",
    "ESRCH", "ETIMEDOUT", "EXDEV",
)  # fmt: skip
CONSTANTS = (
    "O_NONBLOCK", "O_CLOEXEC", "SO_ERROR", "SOCK_STREAM", "SOCK_DGRAM", "MSG_PEEK", "MAP_SHARED",
    "PROT_READ", "RLIMIT_NOFILE", "CLOCK_MONOTONIC", "SA_RESTART", "AT_FDCWD", "F_SETLK", "POLLOUT",
)  # fmt: skip
FILES = (
    "/proc/sys/fs/file-max", "/proc/self/fd", "/dev/shm", "/proc/sys/net/core/somaxconn", "/run/lock",
    "/proc/sys/kernel/pid_max", "/sys/kernel/mm", "/etc/hosts",
)  # fmt: skip
PAGES = (
    "accept(2)", "bind(2)", "close(2)", "fcntl(2)", "getrlimit(2)", "mmap(2)", "open(2)", "poll(2)",
    "sigaction(2)", "socket(2)", "capabilities(7)", "epoll(7)", "namespaces(7)", "path_resolution(7)",
    "signal(7)", "unix(7)",
)  # fmt: skip
GROUPS = (
    ("general", "All file types", "Файлы всех типов"),
    ("sockets", "Sockets and pipes", "Сокеты и каналы"),
    ("devices", "Devices and file systems", "Устройства и файловые системы"),
)
SUBSECTIONS = (
    ("nonblocking", "Nonblocking operation", "Работа без блокировки"),
    ("threads", "Several threads", "Несколько потоков"),
    ("limits", "Limits of resources", "Ограничения ресурсов"),
)

Pair = tuple[str, str]

SUMMARIES: tuple[Pair, ...] = (
    ("change the {a.en} of a {b.en}", "изменяет: {a.nom}; объект: {b.nom}"),
    ("wait for a {a.en} or a {b.en}", "ожидание: {a.nom} или {b.nom}"),
    ("read or replace a {a.en}", "чтение или замена {a.gen}"),
    ("join a {a.en} to a {b.en}", "соединение {a.gen} и {b.gen}"),
)
SENTENCES: tuple[Pair, ...] = (
    (
        ":func:`{call}` changes the {a.en} that :arg:`{arg}` refers to.",
        "Вызов :func:`{call}` изменяет то, на что указывает :arg:`{arg}`: это {a.nom}.",
    ),
    (
        "The size of the {a.en} in bytes is given by :arg:`{arg}`.",
        "Размер {a.gen} в байтах задаёт :arg:`{arg}`.",
    ),
    (
        "If :const:`{con}` is set, the call does not wait for the {a.en}.",
        "Если установлен флаг :const:`{con}`, вызов не ждёт, пока не освободится {a.nom}.",
    ),
    (
        "The layout of the {a.en} depends on the {b.en}; see :man:`{man}`.",
        "Строение {a.gen} зависит от {b.gen}; см. :man:`{man}`.",
    ),
    (
        "Nothing is lost when the {a.en} is full, because every {b.en} keeps a copy of its own.",
        "Если {a.nom} не вмещает данных, ничего не теряется: у {b.gen} есть своя копия.",
    ),
    (
        "The limit is read from :file:`{file}` and can be changed by a privileged process.",
        "Предел берётся из файла :file:`{file}`; изменить его может привилегированный процесс.",
    ),
    (
        "A child of :man:`{man}` inherits the {a.en}, but not the {b.en}.",
        "Потомок, созданный, как описано в :man:`{man}`, наследует не всё: есть {a.nom}, но нет {b.gen}.",
    ),
    (
        "The {a.en} remains valid until the last descriptor is closed.",
        "Для {a.gen} всё остаётся в силе, пока не закрыт последний дескриптор.",
    ),
    (
        "A value of 0 in :arg:`{arg}` means that the *default* {a.en} is used.",
        "Значение 0 в :arg:`{arg}` означает, что берётся *обычный* вариант: {a.nom}.",
    ),
    (
        "On return :arg:`{arg}` holds the number of bytes, and :const:`{con}` says which {a.en} was meant.",
        "После возврата :arg:`{arg}` содержит число байтов, а :const:`{con}` говорит, о чём речь: {a.nom}.",
    ),
    (
        "The call is restarted after a signal handler if it was installed with :const:`{con}`.",
        "После обработчика сигнала вызов начинается заново, если задан флаг :const:`{con}`.",
    ),
    (
        "Only the owner of the {a.en} may do so; others need the right described in :man:`{man}`.",
        "Это может делать только владелец {a.gen}; другим нужно право, описанное в :man:`{man}`.",
    ),
    (
        "Programs compare the result with ``-1`` and then look at :arg:`errno`.",
        "Программы сравнивают результат с ``-1`` и затем смотрят на :arg:`errno`.",
    ),
    (
        "Threads that share the {a.en} see the change at once, although its order is not specified.",
        "Потоки, у которых общий объект ({a.nom}), видят изменение сразу, но порядок не определён.",
    ),
    (
        "The kernel rounds :arg:`{arg}` up to a multiple of the page size.",
        "Ядро округляет :arg:`{arg}` вверх до кратного размеру страницы.",
    ),
    (
        "The structure :type:`struct {call}_args` is described in :man:`{man}`.",
        "Структура :type:`struct {call}_args` описана в :man:`{man}`.",
    ),
)
CAUSES: tuple[Pair, ...] = (
    (":arg:`{arg}` is not a {a.en}.", "Аргумент :arg:`{arg}` указывает не на то, что нужно: это не {a.nom}."),
    (
        "The {a.en} is in use already, and :const:`{con}` is not set.",
        "Объект занят ({a.nom}), а флаг :const:`{con}` не установлен.",
    ),
    (
        ":arg:`{arg}` points outside the address space of the calling process.",
        ":arg:`{arg}` указывает за пределы адресного пространства вызывающего процесса.",
    ),
    (
        "The call would have to wait for the {a.en}, and the {b.en} is nonblocking.",
        "Вызову пришлось бы ждать {a.gen}, а режим работы {b.gen} — без блокировки.",
    ),
    (
        "A signal handler interrupted the call before the {a.en} was ready; see :man:`{man}`.",
        "Обработчик сигнала прервал вызов до готовности {a.gen}; см. :man:`{man}`.",
    ),
    (
        "The limit of :file:`{file}` has been reached by the {a.en}.",
        "Достигнут предел, заданный в :file:`{file}`; его исчерпал объект: {a.nom}.",
    ),
    (
        "The caller may not write to the {a.en}, or may not search a directory of its path prefix.",
        "Вызывающий не вправе изменить нужное ({a.nom}) или искать в каталоге из начала пути.",
    ),
    (
        "The {a.en} does not support :const:`{con}`.",
        "Для {a.gen} не поддерживается :const:`{con}`.",
    ),
    (
        "There is not enough memory for another {a.en}.",
        "Не хватает памяти для нового объекта: {a.nom}.",
    ),
    (
        "The value of :arg:`{arg}` is negative or larger than the {a.en} allows.",
        "Значение :arg:`{arg}` отрицательно или больше, чем позволяет {a.nom}.",
    ),
)
