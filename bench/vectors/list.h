#define ARG_dot 20000
#define ARG_utf8 3000
#define ARG_blur 500
#define ARG_base64 800
D(dot) D(utf8) D(blur) D(base64)
