# The self-help site's first page.
selfhelp-title = Help for someone who is afraid to ask
selfhelp-what = This will be a place to read and reflect, for people who are worried about their own sexual thoughts or what they look at online, and for those close to them.
selfhelp-promise = You will need no account. Nothing about you will be kept: no cookie, no address, no script.
selfhelp-not-yet = The courses are still being written. This page is here so that the address can be set up.
selfhelp-now = If somebody is in danger now, call the emergency number of your country (112 in Europe).
selfhelp-harm = Attraction is not action. Viewing material that shows the abuse of a child harms that child. People can change, and help exists.
