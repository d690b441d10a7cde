# La primera página del sitio de autoayuda.
selfhelp-title = Ayuda para quien tiene miedo de pedirla
selfhelp-what = Este será un lugar para leer y reflexionar, para personas preocupadas por sus propios pensamientos sexuales o por lo que ven en internet, y para quienes están cerca de ellas.
selfhelp-promise = No hará falta ninguna cuenta. No se guardará nada sobre usted: ni cookies, ni dirección, ni scripts.
selfhelp-not-yet = Los cursos todavía se están escribiendo. Esta página está aquí para poder preparar la dirección.
selfhelp-now = Si alguien está en peligro ahora, llame al número de emergencias de su país (112 en Europa).
selfhelp-harm = La atracción no es un acto. Ver material que muestra el abuso de un niño o una niña le hace daño. Las personas pueden cambiar, y hay ayuda.
