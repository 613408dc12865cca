public import Announcements
public import ArgumentParser

extension SpokenLanguage: ExpressibleByArgument {}
